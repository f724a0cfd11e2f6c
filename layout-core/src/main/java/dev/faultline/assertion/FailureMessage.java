package dev.faultline.assertion;

import dev.faultline.contract.PromiseResult;
import dev.faultline.contract.promise.Conditions;
import dev.faultline.input.VisibleText;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the message of a failed assertion, with the layout. */
final class FailureMessage {

    private FailureMessage() {}

    static String message(Subject subject, Conditions conditions, PromiseResult result) {
        StringBuilder out = new StringBuilder();
        boolean judged = result.status() == PromiseResult.Status.BROKEN;
        String what = judged ? " breaks a promise: " : " cannot be judged: ";
        out.append(VisibleText.of(subject.layout().spelling() + what + result.promise()))
                .append('\n');
        result.why().forEach(why -> out.append("  ").append(VisibleText.of(why)).append('\n'));
        int line = conditions.lineBytes().get(0);
        if (judged) {
            String placement = VisibleText.of(placement(subject, conditions, line));
            out.append("  (").append(placement).append(")\n");
        }
        out.append('\n');
        map(subject.layout(), line, result, out);
        return out.toString();
    }

    private static String placement(Subject subject, Conditions conditions, int line) {
        Placement placement = conditions.placements().of(subject, line);
        String where = placement.residues(line) == 1
                ? "objects start on a line of " + line + " bytes"
                : "objects start at any multiple of " + placement.baseAlignment()
                        + "; the map below assumes that byte 0 starts a line";
        return where + ": " + placement.source();
    }

    /** Writes the layout with its line boundaries and a mark at each field concerned. */
    private static void map(StructLayout layout, int line, PromiseResult result, StringBuilder out) {
        List<String> concerned = result.fields();
        NotationStyle style = new NotationStyle(
                line,
                path -> concerned.stream().anyMatch(field -> field.startsWith(path + ".")),
                path -> isConcerned(path, concerned) ? List.of(result.promise()) : List.of(),
                true);
        try {
            NotationWriter.write(layout, style, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean isConcerned(String path, List<String> concerned) {
        return concerned.stream().anyMatch(field -> field.equals(path) || field.startsWith(path + "["));
    }
}
