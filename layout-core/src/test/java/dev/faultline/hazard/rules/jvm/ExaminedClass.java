package dev.faultline.hazard.rules.jvm;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassMaker;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.testing.CompiledJava;
import java.util.List;

/** What one rule says about a class of some Java text. */
final class ExaminedClass {

    private ExaminedClass() {}

    static List<Finding> by(HazardRule rule, String mode, String className, String text) {
        return new Analyzer(Machines.x86(), List.of(rule))
                .analyze(subject(mode, className, text))
                .findings();
    }

    static Subject subject(String mode, String className, String text) {
        Lookup found =
                ClassMaker.source(VmMode.parse(mode), CompiledJava.of(text)).find(className);
        if (found instanceof Lookup.Found one) {
            return one.subjects().get(0);
        }
        throw new AssertionError(found);
    }
}
