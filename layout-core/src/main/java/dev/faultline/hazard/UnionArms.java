package dev.faultline.hazard;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/** Tells fields of different members of a union, of which an object has one at a time: also variants of an enum. */
final class UnionArms {

    /** A member on the way to a field, with the index that follows it in the path. */
    private record Step(AggregateKind kind, int member, String index) {}

    private UnionArms() {}

    /** {@return whether two fields are in different members of one union, so that an object never has both} */
    static boolean areAlternatives(StructLayout layout, String path, String other) {
        if (layout.kind() == AggregateKind.SECTION && !first(path).equals(first(other))) {
            return false; // variables, of which there may be very many
        }
        List<Step> one = new ArrayList<>();
        List<Step> two = new ArrayList<>();
        if (!isFound(layout, path, one) || !isFound(layout, other, two)) {
            return false;
        }
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            Step first = one.get(i);
            Step second = two.get(i);
            if (first.member() != second.member()) {
                return first.kind() == AggregateKind.UNION;
            }
            boolean isOneElement = first.index().matches("(\\[[0-9]+])*");
            if (!isOneElement || !first.index().equals(second.index())) {
                return false; // each element has members of its own
            }
        }
        return false;
    }

    private static boolean isFound(StructLayout layout, String path, List<Step> trail) {
        List<Member> members = layout.members();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            int size = trail.size();
            if (member.isAnonymous()) {
                trail.add(new Step(layout.kind(), i, ""));
                if (member.type() instanceof FieldType.Aggregate inner && isFound(inner.layout(), path, trail)) {
                    return true;
                }
                trail.remove(size);
            } else if (begins(path, member.name())) {
                return isFoundIn(layout, i, path.substring(member.name().length()), trail);
            }
        }
        return false;
    }

    /** {@return the name of the outermost member on a path} */
    private static String first(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return path.substring(0, end);
    }

    private static boolean begins(String path, String name) {
        if (!path.startsWith(name)) {
            return false;
        }
        char next = path.length() == name.length() ? '.' : path.charAt(name.length());
        return next == '.' || next == '[';
    }

    private static boolean isFoundIn(StructLayout layout, int member, String rest, List<Step> trail) {
        int dot = rest.indexOf('.');
        trail.add(new Step(layout.kind(), member, dot < 0 ? rest : rest.substring(0, dot)));
        FieldType type = layout.members().get(member).type();
        while (type instanceof FieldType.Array array) {
            type = array.element();
        }
        return dot < 0
                || type instanceof FieldType.Aggregate inner && isFound(inner.layout(), rest.substring(dot + 1), trail);
    }
}
