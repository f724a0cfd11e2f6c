package dev.faultline.bench.validation;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.bench.layout.LayoutSuite;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.bench.layout.loop.PlayedOperation;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

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

    private static final String FOLDER = "/dev/faultline/bench/validation/pairs/";

    /** {@return the case of that name} */
    static LayoutPair load(String name) {
        StructLayout before = layout(name, "before");
        String yaml = FOLDER + name + "/profile.yaml";
        StructProfile profile = ProfileReader.read(yaml, text(yaml))
                .forStruct(before.name())
                .orElseThrow(() -> new IllegalArgumentException(yaml + " says nothing about " + before.name()));
        return new LayoutPair(name, before, layout(name, "after"), profile);
    }

    /** {@return what the two threads do to one of the layouts} */
    ClosedLoop loop(StructLayout layout) {
        return ClosedLoop.of(Resolution.resolve(layout, profile), 2);
    }

    /** {@return the operation of a role; each has one} */
    PlayedOperation operation(Role role) {
        return profile.operations().stream()
                .filter(operation -> operation.role().equals(role.name()))
                .map(operation -> new PlayedOperation(role.name(), operation.name()))
                .reduce((one, other) -> {
                    throw new IllegalStateException("two operations of " + role.name() + " in " + name);
                })
                .orElseThrow();
    }

    /** {@return both layouts as a suite, on lines} */
    LayoutSuite suite(Machine machine) {
        return new LayoutSuite(
                List.of(contender("before", before), contender("after", after)),
                new LayoutSuite.Spots(Optional.of(List.of(0L)), true),
                2,
                machine);
    }

    private LayoutSuite.Contender contender(String variant, StructLayout layout) {
        return new LayoutSuite.Contender(
                variant,
                layout,
                new Placement(layout.byteAlignment(), "alignment of the type"),
                Resolution.resolve(layout, profile));
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
