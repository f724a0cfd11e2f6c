package dev.faultline.cli.run;

import dev.faultline.cli.option.UsageException;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.Verification;
import java.util.List;

/** Compares the model of class layouts with the running Java VM. */
public final class VmLayoutCheck {

    private VmLayoutCheck() {}

    /**
     * Compares each class and says what differs.
     *
     * @param selected the classes
     * @param context where to say it
     * @return whether all agree
     * @throws UsageException when something selected is no class
     */
    public static boolean agrees(List<Selection.Selected> selected, CliContext context) {
        boolean all = true;
        for (Selection.Selected each : selected) {
            if (!(each.source() instanceof ClassSource source)) {
                throw new UsageException("--verify is about Java classes; "
                        + each.subject().layout().spelling() + " of "
                        + each.source().description() + " is none");
            }
            Verification verification = source.verify(each.subject().layout().name());
            context.say("verified " + verification.summary());
            verification.mismatches().forEach(line -> context.say("differs: " + line));
            verification.unchecked().forEach(line -> context.say("unchecked: " + line));
            all &= verification.agrees();
        }
        return all;
    }
}
