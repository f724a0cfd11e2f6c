package dev.faultline.cli.command;

import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.Verification;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/**
 * Holds the model of class layouts against the running VM. A report that rests on a wrong model is none, so a
 * difference counts as "could not analyse".
 */
final class Verifying {

    private Verifying() {}

    /**
     * Compares each class and says what came of it.
     *
     * @param selected the classes
     * @param surroundings where to say it
     * @param usage makes a complaint when something selected is no class
     * @return whether all agree
     */
    static boolean holds(
            List<Selection.Selected> selected, Surroundings surroundings, Function<String, ParameterException> usage) {
        boolean all = true;
        for (Selection.Selected each : selected) {
            if (!(each.source() instanceof ClassSource)) {
                throw usage.apply("--verify is about Java classes; "
                        + each.subject().layout().spelling() + " of "
                        + each.source().description() + " is none");
            }
            ClassSource source = (ClassSource) each.source();
            Verification verification = source.verify(each.subject().layout().name());
            surroundings.say("verified " + verification.summary());
            verification.mismatches().forEach(line -> surroundings.say("differs: " + line));
            verification.unchecked().forEach(line -> surroundings.say("unchecked: " + line));
            all &= verification.agrees();
        }
        return all;
    }
}
