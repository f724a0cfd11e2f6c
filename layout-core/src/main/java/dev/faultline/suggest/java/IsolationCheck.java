package dev.faultline.suggest.java;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.source.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether sections that are to stand apart do, wherever the object starts. */
final class IsolationCheck {

    private IsolationCheck() {}

    /**
     * {@return whether no field of a section that stands apart shares a line with a field outside it, with the header, or with
     * what comes before or after the object, in any placement}
     */
    static boolean holds(ClassPlan plan, Subject laidOut, int lineBytes) {
        Map<String, Integer> sections = new HashMap<>();
        for (int i = 0; i < plan.sections().size(); i++) {
            for (String field : plan.sections().get(i).fields()) {
                sections.put(field, i);
            }
        }
        List<Slot.Field> fields = laidOut.layout().fields();
        ByteRange before = new ByteRange(0, 1); // the header's, and as near as the object before can be
        ByteRange after = ByteRange.ofSize(laidOut.layout().byteSize(), 1);
        for (Slot.Field field : fields) {
            Integer section = sections.get(field.path());
            if (section == null || !plan.sections().get(section).isApart()) {
                continue;
            }
            if (meet(laidOut, field.bytes(), before, lineBytes) || meet(laidOut, field.bytes(), after, lineBytes)) {
                return false;
            }
            for (Slot.Field other : fields) {
                boolean outside = !section.equals(sections.get(other.path()));
                if (outside && meet(laidOut, field.bytes(), other.bytes(), lineBytes)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean meet(Subject laidOut, ByteRange one, ByteRange other, int lineBytes) {
        return laidOut.placement().meeting(one, other, lineBytes).sharing() > 0;
    }
}
