package dev.faultline.hazard;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells fields of different members of a union, of which an object has one at a time: also variants of an enum. Used by
 * one thread.
 */
final class UnionArms {

    private static final Pattern NUMBERS = Pattern.compile("(\\[[0-9]+])*");

    /** A member on the way to a field, with the index that follows it in the path. */
    private record Step(AggregateKind kind, int member, String index) {}

    private final StructLayout layout;
    private final boolean hasUnions;

    /** For each path that was asked for the members on the way to it; empty when it is not found. */
    private final Map<String, Optional<List<Step>>> trails = new HashMap<>();

    /**
     * Prepares for the fields of a struct.
     *
     * @param layout the struct
     */
    UnionArms(StructLayout layout) {
        this.layout = layout;
        this.hasUnions = hasUnions(layout, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean hasUnions(StructLayout layout, Set<StructLayout> seen) {
        if (layout.kind() == AggregateKind.UNION) {
            return true;
        }
        if (seen.add(layout)) {
            for (Member member : layout.members()) {
                if (member.type().innermost() instanceof FieldType.Aggregate inner && hasUnions(inner.layout(), seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return whether two fields are in different members of one union, so that an object never has both} */
    boolean areAlternatives(String path, String other) {
        if (!hasUnions || layout.kind() == AggregateKind.SECTION && !first(path).equals(first(other))) {
            return false; // variables, of which there may be very many
        }
        Optional<List<Step>> one = trail(path);
        Optional<List<Step>> two = one.isEmpty() ? one : trail(other);
        return two.isPresent() && areAlternatives(one.get(), two.get());
    }

    private static boolean areAlternatives(List<Step> one, List<Step> two) {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            Step first = one.get(i);
            Step second = two.get(i);
            if (first.member() != second.member()) {
                return first.kind() == AggregateKind.UNION;
            }
            if (!isOneElement(first.index()) || !first.index().equals(second.index())) {
                return false; // each element has members of its own
            }
        }
        return false;
    }

    /** {@return whether an index is of numbers only: {@code [1][12]}} */
    private static boolean isOneElement(String index) {
        return index.isEmpty() || NUMBERS.matcher(index).matches();
    }

    private Optional<List<Step>> trail(String path) {
        return trails.computeIfAbsent(path, any -> {
            List<Step> trail = new ArrayList<>();
            return isFound(layout, path, trail) ? Optional.of(trail) : Optional.empty();
        });
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
