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
import java.util.Map;

/** What one rule says about a class. */
final class ExaminedClass {

    private ExaminedClass() {}

    /** {@return what is found in a class of some Java text} */
    static List<Finding> by(HazardRule rule, String mode, String className, String text) {
        return findings(rule, subject(mode, className, text));
    }

    /** {@return what is found in a class file} */
    static List<Finding> by(HazardRule rule, String mode, String className, ClassMaker maker) {
        return findings(rule, subject(mode, className, Map.of(className, maker.bytes())));
    }

    static Subject subject(String mode, String className, String text) {
        return subject(mode, className, CompiledJava.of(text));
    }

    /** {@return what is found in a subject} */
    static List<Finding> findings(HazardRule rule, Subject subject) {
        return new Analyzer(Machines.x86(), List.of(rule)).analyze(subject).findings();
    }

    private static Subject subject(String mode, String className, Map<String, byte[]> files) {
        Lookup found = ClassMaker.source(VmMode.parse(mode), files).find(className);
        if (found instanceof Lookup.Found one) {
            return one.subjects().get(0);
        }
        throw new AssertionError(found);
    }
}
