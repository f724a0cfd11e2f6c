package dev.faultline.layout;

import java.util.List;

/**
 * How much a struct holds when all that it embeds is opened, elements of arrays once. Known before anything is opened,
 * so that structs which nest to multiply are refused and no walk over a layout is long or deep.
 *
 * @param levels of structs, 1 for one that embeds none
 * @param members in all levels
 */
record LayoutComplexity(int levels, long members) {

    /** The deepest embedding that is read; no real struct comes near. */
    private static final int DEEPEST = 64;

    /**
     * {@return the nesting of a struct of these members}
     *
     * @throws IllegalArgumentException when it is deeper or has more members than is read
     */
    static LayoutComplexity of(String name, List<Member> members) {
        int levels = 0;
        long count = members.size();
        for (Member member : members) {
            FieldType innermost = member.type();
            while (innermost instanceof FieldType.Array array) {
                innermost = array.element();
            }
            if (innermost instanceof FieldType.Aggregate inner) {
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
                    what + ": more than " + StructLayout.MOST_MEMBERS + " members, those of embedded structs counted");
        }
        return new LayoutComplexity(levels + 1, count);
    }
}
