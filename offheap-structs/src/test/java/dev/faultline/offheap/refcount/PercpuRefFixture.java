package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.kernel.PercpuRefStruct;
import dev.faultline.offheap.memory.StructView;
import dev.faultline.offheap.refcount.PercpuRef.Init;
import java.util.ArrayList;
import java.util.List;

/** Opens {@link PercpuRef}s that record their release. */
abstract class PercpuRefFixture extends LeakChecked {

    final List<String> events = new ArrayList<>();

    PercpuRef ref(Init... init) {
        return PercpuRef.open(group.block, 64, group.areas, group.periods, () -> events.add("released"), init);
    }

    long pointer() {
        return StructView.bind(PercpuRefStruct.REF, group.block, 64)
                .number("percpu_count_ptr")
                .get();
    }

    static void refused(Runnable use, String why) {
        assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class).hasMessageContaining(why);
    }
}
