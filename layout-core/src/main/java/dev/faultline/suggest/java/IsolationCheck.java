package dev.faultline.suggest.java;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.source.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that separated sections do not share lines, wherever the object starts. */
final class IsolationCheck {

    private IsolationCheck() {}

    /**
     * {@return whether no field of a section that is apart shares a line with a field outside it, with the header, or
     * with bytes before or after the object, in any placement}
     */
    static boolean holds(ClassPlan plan, Subject laidOut, int lineBytes) {
        Map<String, Integer> sections = new HashMap<>();
        for (int i = 0; i < plan.sections().size(); i++) {
            for (String field : plan.sections().get(i).fields()) {
                sections.put(field, i);
            }
        }
        List<Slot.Field> fields = laidOut.layout().fields();
        ByteRange before = new ByteRange(0, 1); // the header; the object before can be no closer
        ByteRange after = ByteRange.ofSize(laidOut.layout().byteSize(), 1);
        for (Slot.Field field : fields) {
            Integer section = sections.get(field.path());
            if (section == null || !plan.sections().get(section).isApart()) {
                continue;
            }
            if (shareLine(laidOut, field.bytes(), before, lineBytes)
                    || shareLine(laidOut, field.bytes(), after, lineBytes)) {
                return false;
            }
            for (Slot.Field other : fields) {
                if (other.isPadding()) {
                    continue;
                }
                boolean outside = !section.equals(sections.get(other.path()));
                if (outside && shareLine(laidOut, field.bytes(), other.bytes(), lineBytes)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean shareLine(Subject laidOut, ByteRange one, ByteRange other, int lineBytes) {
        return laidOut.placement().meeting(one, other, lineBytes).sharing() > 0;
    }
}
