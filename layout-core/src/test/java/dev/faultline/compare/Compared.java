package dev.faultline.compare;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.Optional;

/** C declarations compared, as gcc lays them out, on one machine of many CPUs. */
final class Compared {

    static final StructComparer COMPARER = new StructComparer(new Analyzer(Machines.x86(), Catalog.RULES));

    private Compared() {}

    /** {@return the struct {@code foo} with these members} */
    static StructLayout foo(String members) {
        return layout("struct foo { " + members + " };");
    }

    static StructLayout layout(String text) {
        return NotationReader.read("test", text).get(0);
    }

    static Comparison of(String before, String after) {
        return COMPARER.compare(Subject.of(foo(before)), Subject.of(foo(after)));
    }

    static Comparison of(String before, String after, String profile) {
        Optional<StructProfile> by = ProfileReader.read("test.yaml", profile).forStruct("foo");
        return COMPARER.compare(
                Subject.of(foo(before)).withProfile(by), Subject.of(foo(after)).withProfile(by));
    }
}
