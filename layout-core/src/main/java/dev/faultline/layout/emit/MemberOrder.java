package dev.faultline.layout.emit;

import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/** The members of a struct in the order of a layout, as lines of C++ that a person copies into a class. */
public final class MemberOrder {

    private static final int MOST = 200;

    private MemberOrder() {}

    /** {@return a line for each member and for bytes that must stay unused, in order; at most 200} */
    public static List<String> lines(StructLayout layout) {
        CPlan plan =
                CPlan.of(layout, layout.byteAlignment(), member -> member.type().byteAlignment(), member -> true);
        List<String> lines = new ArrayList<>();
        for (CPlan.Step step : plan.steps()) {
            if (lines.size() == MOST) {
                lines.add("// and so on: --emit layout prints all");
                return lines;
            }
            if (step instanceof CPlan.Placed placed) {
                String alignment = placed.aligned() > 1 ? "alignas(" + placed.aligned() + ") " : "";
                lines.add(alignment + declaration(placed.member()));
            } else if (step instanceof CPlan.PadBytes unused) {
                lines.add("char pad_" + unused.byteOffset() + "[" + unused.byteSize() + "];");
            }
        }
        return lines;
    }

    private static String declaration(Member member) {
        String spelling = member.type().spelling();
        int bracket = spelling.endsWith("]") ? spelling.indexOf('[') : -1;
        String declared = bracket < 0
                ? spelling + " " + member.name()
                : spelling.substring(0, bracket) + " " + member.name() + spelling.substring(bracket);
        return declared + member.bits().map(bits -> " : " + bits.bitSize()).orElse("") + ";";
    }
}
