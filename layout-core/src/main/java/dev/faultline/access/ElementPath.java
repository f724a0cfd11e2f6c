package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.Nearest;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path in a layout that may choose among the elements of one array: {@code counts[own]}, {@code stripes[any].lock},
 * {@code counts[*]}; or one that names a byte by its offset, {@code +72} or {@code +0x48}. Paths that choose among the
 * same elements have the same field.
 *
 * @param field the field, without padding at its ends; of an array whose elements are chosen whole, the array; of a
 *     part of each element, that part of all elements, named {@code stripes[*].lock}, with the bytes from the first to
 *     the last
 * @param elements which of them are touched
 */
@Internal
public record ElementPath(FieldRef field, Elements elements) {

    /** The most bytes that an atomic operation changes. */
    private static final int MOST_ATOMIC_BYTES = 16;

    private static final Set<AggregateKind> OF_JAVA = Set.of(AggregateKind.CLASS, AggregateKind.ARRAY);

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    /**
     * Finds what a path names.
     *
     * @param layout the layout
     * @param path names joined by dots; in brackets the number of an element, or once {@code own}, {@code any} or
     *     {@code *}
     * @return what is there; empty when there is nothing, which {@link #problem} explains
     */
    public static Optional<ElementPath> find(StructLayout layout, String path) {
        Optional<Long> byteOffset = ByteOffset.in(path);
        if (byteOffset.isPresent()) {
            return ByteOffset.fieldAt(layout, byteOffset.get()).flatMap(field -> find(layout, field));
        }
        Bracket choice = Bracket.choiceIn(path);
        if (choice == null) {
            return layout.resolve(path).map(field -> new ElementPath(UsedBytes.of(field), Elements.WHOLE));
        }
        String inside = path.substring(choice.close + 1);
        Optional<FieldRef> array = layout.resolve(choice.before(path));
        Optional<FieldRef> first = layout.resolve(choice.before(path) + "[0]" + inside);
        if (array.isEmpty() || first.isEmpty() || !(array.get().type() instanceof FieldType.Array type)) {
            return Optional.empty();
        }
        if (choice.choice == Elements.Choice.OWN && type.count() == 1) {
            return Optional.empty();
        }
        long stride = type.element().byteSize();
        FieldRef part = UsedBytes.of(first.get());
        long bytes = part.bytes().byteSize();
        FieldRef field = inside.isEmpty()
                ? UsedBytes.of(array.get())
                : new FieldRef(
                        choice.before(path) + "[*]" + inside,
                        first.get().type(),
                        ByteRange.ofSize(part.bytes().start(), (type.count() - 1) * stride + bytes),
                        first.get().bits());
        return Optional.of(new ElementPath(field, Elements.of(choice.choice, type.count(), stride, bytes)));
    }

    /**
     * Finds what an access to a path touches: what {@link #find(StructLayout, String)} finds; but an atomic update of,
     * or a volatile store to, an array without an element is of one element picked at random, since none changes more than {@value
     * #MOST_ATOMIC_BYTES} bytes.
     *
     * @param layout the layout
     * @param path as for {@link #find(StructLayout, String)}
     * @param kind what is done
     * @return what is there; empty when there is nothing, which {@link #problem} explains
     */
    public static Optional<ElementPath> find(StructLayout layout, String path, AccessKind kind) {
        Optional<ElementPath> found = find(layout, path);
        boolean isTooLong = kind.isOfOneWord()
                && found.isPresent()
                && found.get().elements.isWhole()
                && found.get().field.bytes().byteSize() > MOST_ATOMIC_BYTES
                && found.get().field.type() instanceof FieldType.Array array
                && array.count() > 1;
        return isTooLong ? find(layout, path + "[" + Elements.Choice.ANY.word() + "]") : found;
    }

    /** {@return the field that a path names, for a path of a field found before} */
    public static Optional<FieldRef> field(StructLayout layout, String path) {
        return find(layout, path).map(ElementPath::field);
    }

    /** {@return why a layout has nothing under a path that {@link #find} does not find; names the nearest names} */
    public static String problem(StructLayout layout, String path) {
        if (ByteOffset.in(path).isPresent()) {
            return ByteOffset.problem(layout, ByteOffset.in(path).get());
        }
        int from = 0;
        boolean chosen = false;
        for (Bracket bracket = Bracket.next(path, 0); bracket != null; bracket = Bracket.next(path, from)) {
            String before = Bracket.plain(path.substring(0, bracket.open));
            Optional<FieldRef> array = layout.resolve(before);
            if (array.isEmpty()) {
                return missing(layout, before);
            }
            String shown = path.substring(0, bracket.open);
            if (!(array.get().type() instanceof FieldType.Array type)) {
                return shown + noArray(layout, array.get());
            }
            if (bracket.choice == null && !bracket.isIndex(path)) {
                String word = bracket.word(path);
                return shown + "[" + word + "]: expected the number of an element, own, any or * in the brackets"
                        + Nearest.hint(word, Elements.WORDS);
            }
            if (bracket.choice == null && bracket.isBeyond(path, type.count())) {
                return shown + "[" + bracket.word(path) + "]: the array has " + type.count()
                        + (type.count() == 1 ? " element" : " elements, 0 to " + (type.count() - 1));
            }
            if (bracket.choice != null && chosen) {
                return path + ": one of [own], [any] and [*] may stand in a path, once";
            }
            if (bracket.choice == Elements.Choice.OWN && type.count() == 1) {
                return shown + "[own]: an array of one element, which all CPUs share; write " + shown + "[0]";
            }
            chosen |= bracket.choice != null;
            from = bracket.close + 1;
        }
        return path.indexOf('[', from) >= 0 ? path + ": a bracket is not closed" : missing(layout, Bracket.plain(path));
    }

    private static String missing(StructLayout layout, String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String before = path.substring(0, dot);
            Optional<FieldRef> array = layout.resolve(before);
            if (array.isPresent() && array.get().type() instanceof FieldType.Array type) {
                String inside = path.substring(dot);
                return path + ": " + before + " is an array of " + type.count() + "; write " + before + "[0]" + inside
                        + " for one element, " + before + "[own]" + inside + " for each CPU's own, " + before + "[any]"
                        + inside + " for one picked at random, or " + before + "[*]" + inside + " for all";
            }
        }
        return layout.spelling() + " has no field " + path + Nearest.hint(path, layout.paths());
    }

    private static String noArray(StructLayout layout, FieldRef field) {
        String type = field.type().spelling().replace("volatile ", "");
        if (!OF_JAVA.contains(layout.kind()) || PRIMITIVES.contains(type)) {
            return " (" + type + ") is no array; all CPUs share it: write " + field.path()
                    + " without element: and brackets";
        }
        String array = type.endsWith("[]") ? type.substring(0, type.length() - 2) + "[8]" : "long[8]";
        return " (" + type + ") is a reference to another object, whose elements are not in " + layout.spelling()
                + "; give that object a profile of its own under structs, such as " + array
                + " with the field elements[own]";
    }

    /** A pair of brackets in a path; {@code choice} is null where they hold something else than a choice. */
    private record Bracket(int open, int close, Elements.Choice choice) {

        private static final int MOST_DIGITS = 18;

        static Bracket next(String path, int from) {
            int open = path.indexOf('[', from);
            int close = open < 0 ? -1 : path.indexOf(']', open);
            if (close < 0) {
                return null;
            }
            String word = path.substring(open + 1, close);
            Elements.Choice found = null;
            for (Elements.Choice choice : Elements.Choice.values()) {
                found = !word.isEmpty() && choice.word().equals(word) ? choice : found;
            }
            return new Bracket(open, close, found);
        }

        /** {@return the only brackets with a choice; null when there are none or several} */
        static Bracket choiceIn(String path) {
            Bracket only = null;
            for (Bracket one = next(path, 0); one != null; one = next(path, one.close + 1)) {
                if (one.choice != null && only != null) {
                    return null;
                }
                only = one.choice != null ? one : only;
            }
            return only;
        }

        /** {@return a path with the first element for each choice} */
        static String plain(String path) {
            String plain = path;
            for (String word : Elements.WORDS) {
                plain = plain.replace("[" + word + "]", "[0]");
            }
            return plain;
        }

        String before(String path) {
            return path.substring(0, open);
        }

        String word(String path) {
            return path.substring(open + 1, close);
        }

        boolean isIndex(String path) {
            String word = word(path);
            return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        boolean isBeyond(String path, long count) {
            String word = word(path);
            return word.length() > MOST_DIGITS || Long.parseLong(word) >= count;
        }
    }

    /** Paths that name a byte of a struct by its offset, {@code +72} or {@code +0x48}, as profilers print them. */
    public static final class ByteOffset {

        private static final Pattern OFFSET = Pattern.compile("\\+(?:0x([0-9a-fA-F]{1,15})|([0-9]{1,18}))");
        private static final int HEX = 16;
        private static final int DEEPEST = 64;

        private ByteOffset() {}

        /** {@return the path that names a byte} */
        public static String path(long byteOffset) {
            return "+" + byteOffset;
        }

        /** {@return the offset that a path names; empty when it names a field} */
        public static Optional<Long> in(String path) {
            if (path.isEmpty() || path.charAt(0) != '+') {
                return Optional.empty();
            }
            Matcher offset = OFFSET.matcher(path);
            if (!offset.matches()) {
                return Optional.empty();
            }
            return Optional.of(
                    offset.group(1) == null ? Long.parseLong(offset.group(2)) : Long.parseLong(offset.group(1), HEX));
        }

        /**
         * {@return the path of the innermost field that has a byte; of several that overlap, the first; empty where no
         * field is}
         *
         * @param layout the layout
         * @param byteOffset counted from byte 0
         */
        public static Optional<String> fieldAt(StructLayout layout, long byteOffset) {
            return fieldAt(layout, byteOffset, "", 0);
        }

        private static Optional<String> fieldAt(StructLayout layout, long byteOffset, String prefix, int depth) {
            for (Slot.Field field : layout.fields()) {
                if (field.bytes().start() <= byteOffset
                        && byteOffset < field.bytes().end()
                        && depth < DEEPEST) {
                    return Optional.of(within(field, byteOffset - field.byteOffset(), prefix, depth));
                }
            }
            return Optional.empty();
        }

        /** {@return the element of an array, and the field of that, as far as the type tells} */
        private static String within(Slot.Field field, long byteOffset, String prefix, int depth) {
            String path = prefix + field.path();
            long rest = byteOffset;
            FieldType type = field.type();
            while (type instanceof FieldType.Array array && array.element().byteSize() > 0) {
                long index = rest / array.element().byteSize();
                if (index >= array.count()) {
                    return path;
                }
                path += "[" + index + "]";
                rest %= array.element().byteSize();
                type = array.element();
            }
            boolean isElement = !(field.type() == type) && type instanceof FieldType.Aggregate;
            return isElement
                    ? fieldAt(((FieldType.Aggregate) type).layout(), rest, path + ".", depth + 1)
                            .orElse(path)
                    : path;
        }

        /** {@return why no field has a byte} */
        static String problem(StructLayout layout, long byteOffset) {
            return layout.spelling() + " has no field at byte " + byteOffset
                    + (byteOffset < layout.byteSize() ? ", a hole" : "; its size is " + layout.byteSize() + " bytes");
        }
    }
}
