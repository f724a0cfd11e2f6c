package dev.faultline.offheap.benchmark;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Two layouts of one struct and what two threads do to it.
 *
 * @param name name of the case
 * @param before the layout as found
 * @param after the layout it is compared with
 * @param profile two roles of one CPU each
 */
record LayoutPair(String name, StructLayout before, StructLayout after, StructProfile profile) {

    /** Every case, in the order they are run. */
    static final List<String> NAMES = List.of(
            "seed-route",
            "locks-beside-readers",
            "ring-indices",
            "counter-beside-pointers",
            "one-writes-one-reads",
            "own-counters",
            "lock-with-its-data",
            "shared-counter",
            "scattered-reads",
            "adjacent-lines");

    private static final String FOLDER = "/dev/faultline/offheap/validation/";

    /** {@return the case of that name} */
    static LayoutPair load(String name) {
        StructLayout before = layout(name, "before");
        String yaml = FOLDER + name + "/profile.yaml";
        StructProfile profile = ProfileReader.read(yaml, text(yaml))
                .forStruct(before.name())
                .orElseThrow(() -> new IllegalArgumentException(yaml + " says nothing about " + before.name()));
        return new LayoutPair(name, before, layout(name, "after"), profile);
    }

    /** {@return the layout of a variant, {@code before} or {@code after}} */
    StructLayout variant(String variant) {
        return switch (variant) {
            case "before" -> before;
            case "after" -> after;
            default -> throw new IllegalArgumentException("variant " + variant + ", expected before or after");
        };
    }

    private static StructLayout layout(String name, String variant) {
        String path = FOLDER + name + "/" + variant + ".txt";
        List<StructLayout> layouts = NotationReader.read(path, text(path));
        return layouts.get(layouts.size() - 1);
    }

    private static String text(String path) {
        try (InputStream in = LayoutPair.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(path, failed);
        }
    }
}
