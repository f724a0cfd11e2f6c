package dev.faultline.layout;

import java.util.List;

/**
 * The nesting depth and total size of a struct, known before its slots are made.
 *
 * <p>Used to refuse structs that would take too much time or memory.
 *
 * @param levels levels of structs, 1 for one that embeds none
 * @param members members on all levels; those of array elements once
 */
record LayoutComplexity(int levels, long members) {

    /** Most levels of embedded structs. */
    private static final int DEEPEST = 64;

    /**
     * {@return the complexity of a struct with these members}
     *
     * @throws IllegalArgumentException when it has too many levels or members
     */
    static LayoutComplexity of(String name, List<Member> members) {
        int levels = 0;
        long count = members.size();
        for (Member member : members) {
            if (member.type().innermost() instanceof FieldType.Aggregate inner) {
                levels = Math.max(levels, inner.layout().nesting().levels);
                count += inner.layout().nesting().members;
            }
        }
        String what = name.isEmpty() ? "an anonymous aggregate" : name;
        if (levels > DEEPEST) {
            throw new IllegalArgumentException(what + ": structs nested deeper than " + DEEPEST + " levels");
        }
        if (count > StructLayout.MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    what + ": more than " + StructLayout.MOST_MEMBERS + " members, embedded ones included");
        }
        return new LayoutComplexity(levels + 1, count);
    }
}
