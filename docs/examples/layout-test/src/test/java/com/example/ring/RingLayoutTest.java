package com.example.ring;

import static dev.faultline.assertion.LayoutAssertions.assertThat;

import dev.faultline.assertion.Layouts;
import dev.faultline.source.jvm.VmMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RingLayoutTest {

    @Test
    void producer_and_consumer_move_a_line_each() {
        assertThat(Layouts.of(Ring.class))
                .isolates("head")
                .isolates("tail")
                .separates("head", "tail", "slots");
    }

    @Test
    void with_compact_object_headers_too() {
        assertThat(Layouts.of(Ring.class, VmMode.parse("25-coh")))
                .isolates("head")
                .isolates("tail");
    }

    @Test
    void off_the_heap_both_sides_know_the_same_offsets() {
        assertThat(Layouts.read(Path.of("src/main/c/queue.h")))
                .isolates("head")
                .isolates("tail")
                .keepsTogether("mask", "slots")
                .hasAt("head", 64)
                .hasAt("tail", 128)
                .isAtMost(192);
    }
}
