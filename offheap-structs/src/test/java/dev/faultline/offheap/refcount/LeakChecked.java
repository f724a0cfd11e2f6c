package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.memory.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with three readers, after which no block of memory may be left open. */
abstract class LeakChecked {

    ReaderGroup group;
    private int liveBefore;

    @BeforeEach
    void gather() {
        liveBefore = Block.live();
        group = new ReaderGroup(3);
    }

    @AfterEach
    void nothing_is_leaked() {
        group.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }
}
