package dev.faultline.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds fields by path: names joined by dots, elements in brackets; members of anonymous structs count as members of
 * the outer one.
 */
final class FieldPaths {

    /** Most names in a path. */
    private static final int DEEPEST = 64;

    private FieldPaths() {}

    static Optional<FieldRef> resolve(StructLayout layout, String path) {
        return resolve(layout, path, 0, path, 0);
    }

    private static Optional<FieldRef> resolve(StructLayout layout, String rest, long base, String whole, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        int end = firstOf(rest, 0);
        // A name may contain a dot: a field x that a Java class inherits from Base is called Base.x.
        Integer dotted = layout.membersByName().get(rest);
        Integer plain = layout.membersByName().get(rest.substring(0, end));
        if (dotted == null && plain == null && layout.kind() == AggregateKind.SECTION) {
            // As may a variable: a static n in a function is called n.0.
            while (plain == null && end < rest.length()) {
                end = firstOf(rest, end + 1);
                plain = layout.membersByName().get(rest.substring(0, end));
            }
        }
        if (dotted == null && plain == null) {
            return Optional.empty();
        }
        boolean isDotted = plain == null || dotted != null && dotted <= plain;
        Member member = layout.members().get(isDotted ? dotted : plain);
        long offset = base + member.byteOffset();
        if (member.isAnonymous() && member.type() instanceof FieldType.Aggregate inner) {
            return resolve(inner.layout(), rest, offset, whole, depth + 1);
        }
        return follow(member, isDotted ? "" : rest.substring(end), offset, whole, depth);
    }

    /**
     * {@return for each name the index of the first member with this name, or of the anonymous one that contains it}
     */
    static Map<String, Integer> byName(List<Member> members) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (!member.isAnonymous()) {
                first.putIfAbsent(member.name(), i);
            } else if (member.type() instanceof FieldType.Aggregate inner) {
                for (String name : inner.layout().membersByName().keySet()) {
                    first.putIfAbsent(name, i);
                }
            }
        }
        return first;
    }

    private static Optional<FieldRef> follow(Member member, String rest, long offset, String whole, int depth) {
        if (member.bits().isPresent()) {
            return rest.isEmpty()
                    ? Optional.of(new FieldRef(
                            whole, member.type(), member.bits().get().bytes(offset), member.bits()))
                    : Optional.empty();
        }
        FieldType type = member.type();
        long at = offset;
        String left = rest;
        while (left.startsWith("[")) {
            int close = left.indexOf(']');
            if (close < 0 || !(type instanceof FieldType.Array array)) {
                return Optional.empty();
            }
            long index = index(left.substring(1, close));
            if (index < 0 || index >= array.count()) {
                return Optional.empty();
            }
            at += index * array.element().byteSize();
            type = array.element();
            left = left.substring(close + 1);
        }
        if (left.isEmpty()) {
            return type.byteSize() == 0
                    ? Optional.empty()
                    : Optional.of(new FieldRef(whole, type, ByteRange.ofSize(at, type.byteSize()), Optional.empty()));
        }
        return left.startsWith(".") && type instanceof FieldType.Aggregate inner
                ? resolve(inner.layout(), left.substring(1), at, whole, depth + 1)
                : Optional.empty();
    }

    private static long index(String digits) {
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(digits);
    }

    /** {@return the index of the first dot or bracket from an index on; the length when there is none} */
    private static int firstOf(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '.' || text.charAt(i) == '[') {
                return i;
            }
        }
        return text.length();
    }

    static List<String> all(StructLayout layout) {
        List<String> paths = new ArrayList<>();
        collect(layout, "", paths, 0);
        return paths;
    }

    private static void collect(StructLayout layout, String prefix, List<String> paths, int depth) {
        for (Member member : layout.members()) {
            String path = prefix + member.name();
            if (!member.isAnonymous() && member.bytes().isPresent()) {
                paths.add(path);
            }
            if (depth < DEEPEST && member.type() instanceof FieldType.Aggregate inner) {
                collect(inner.layout(), member.isAnonymous() ? prefix : path + ".", paths, depth + 1);
            }
        }
    }
}
