package dev.faultline.layout.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A type whose sizes rustc printed. */
final class RustType {

    /**
     * A field, a captured or a local variable.
     *
     * @param name its name or number
     * @param byteOffset its offset from the start of the type
     * @param byteSize its size
     * @param byteAlignment its alignment; 1 when rustc did not print it
     * @param type its type; empty when rustc did not print it
     * @param line the line of the text
     */
    record Field(String name, long byteOffset, long byteSize, long byteAlignment, String type, int line) {
        long end() {
            return byteOffset + byteSize;
        }
    }

    /** A variant of an enum, a state of a coroutine, or the members of a union. */
    static final class Variant {

        final String name;
        final long byteSize;
        final List<Field> fields = new ArrayList<>();
        private long cursor;

        Variant(String name, long byteSize, long start) {
            this.name = name;
            this.byteSize = byteSize;
            this.cursor = start;
        }

        /** Adds a field at its stated offset or, without one, behind what was printed last. */
        void add(String field, OptionalLong offset, long size, long alignment, String type, int line) {
            long at = offset.orElse(cursor);
            fields.add(new Field(field, at, size, alignment, type, line));
            cursor = Math.addExact(at, size);
        }

        void pad(long bytes) {
            cursor = Math.addExact(cursor, bytes);
        }

        /** {@return one past the last byte of its fields} */
        long end() {
            return fields.stream().mapToLong(Field::end).max().orElse(0);
        }
    }

    final String name;
    final long byteSize;
    final long byteAlignment;
    final int line;
    final List<Variant> variants = new ArrayList<>();

    /** What is not in a variant: the fields of a struct. */
    final Variant own;

    OptionalLong discriminantBytes = OptionalLong.empty();
    long endPadding;

    RustType(String name, long byteSize, long byteAlignment, int line) {
        this.name = name;
        this.byteSize = byteSize;
        this.byteAlignment = byteAlignment;
        this.line = line;
        this.own = new Variant("", byteSize, 0);
    }

    /** {@return where fields and variants are added} */
    Variant open() {
        return variants.isEmpty() ? own : variants.get(variants.size() - 1);
    }

    /** {@return whether it is the state of an async function or block, or of another coroutine} */
    boolean isCoroutine() {
        return variants.stream().anyMatch(one -> one.name.equals("Unresumed"))
                && variants.stream().anyMatch(one -> one.name.equals("Returned"));
    }

    /** {@return whether the sizes of the fields add up to those of the type: no line is missing} */
    boolean isComplete() {
        long start = discriminantBytes.orElse(0);
        long end = Math.max(start, own.end());
        for (Variant variant : variants) {
            long fields = variant.end();
            boolean isWhole =
                    fields == 0 || fields == start + variant.byteSize || isCoroutine() && fields == variant.byteSize;
            if (!isWhole) {
                return false;
            }
            end = Math.max(end, fields == 0 ? start : fields);
        }
        return isCoroutine() || end + endPadding == byteSize;
    }

    /** {@return whether the only variant bears the name of the type: a union, or an enum of one variant} */
    boolean isSingle() {
        String bare = name.indexOf('<') < 0 ? name : name.substring(0, name.indexOf('<'));
        return variants.size() == 1
                && discriminantBytes.isEmpty()
                && variants.get(0).name.equals(bare.substring(bare.lastIndexOf(':') + 1));
    }
}
