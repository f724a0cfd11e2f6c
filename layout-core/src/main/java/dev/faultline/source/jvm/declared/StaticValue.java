package dev.faultline.source.jvm.declared;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.explicit.ExplicitLayoutBuilder;
import dev.faultline.source.jvm.code.ConstantPool;
import java.util.Arrays;
import java.util.List;

/** What is known of a value while a static initialiser is evaluated. Values are compared as Java compares them. */
sealed interface StaticValue {

    /** Nothing is known. */
    StaticValue UNKNOWN = new Unknown();

    /** Not known. */
    record Unknown() implements StaticValue {}

    /** An integer: boolean, byte, char, short, int or long. */
    record Whole(long number) implements StaticValue {}

    /** A string. */
    record Text(String text) implements StaticValue {}

    /** A layout of {@code java.lang.foreign}; equal to itself only. */
    record Layout(MemoryLayoutValue value) implements StaticValue {}

    /**
     * An element of a path into a layout.
     *
     * @param name name of a member; empty when it is found by its index
     * @param index index of a member or element; {@link #OPEN} for any element
     */
    record Step(String name, long index) implements StaticValue {
        static final long OPEN = -1;
    }

    /** A VarHandle for a part of a layout. */
    record Handle(MemoryLayoutValue root, List<Step> path) implements StaticValue {
        public Handle {
            path = List.copyOf(path);
        }
    }

    /** A byte order. */
    record Order(boolean isBig) implements StaticValue {}

    /** A type of a field, as {@code Declaration} makes them. */
    record Type(FieldType type) implements StaticValue {}

    /** A struct whose declaration is ended. */
    record Struct(StructLayout layout) implements StaticValue {}

    /** A {@code Declaration}, which each of its methods changes; equal to itself only. */
    final class Declared implements StaticValue {
        private final ExplicitLayoutBuilder builder;
        private final String source;
        private boolean isKnown = true;
        private boolean isShared;

        Declared(ExplicitLayoutBuilder builder, String source) {
            this.builder = builder;
            this.source = source;
        }

        ExplicitLayoutBuilder builder() {
            return builder;
        }

        /** {@return what the layouts that are made of it say of where they come from} */
        String source() {
            return source;
        }

        /** {@return whether all that was declared is known} */
        boolean isKnown() {
            return isKnown;
        }

        /** Says that something may have been declared that is not known; returns whether that is new. */
        boolean forget() {
            boolean changes = isKnown;
            isKnown = false;
            return changes;
        }

        /** Says that a field or an array holds it, from where code that is not followed can reach it. */
        void share() {
            isShared = true;
        }

        boolean isShared() {
            return isShared;
        }
    }

    /** The map of the linker with the layouts of C's types. */
    record CanonicalLayouts() implements StaticValue {}

    /** An array, with its elements; equal to itself only. */
    final class Items implements StaticValue {

        /** Most elements that are followed. */
        static final int MOST = 4096;

        private final StaticValue[] elements;
        private boolean isShared;

        Items(int length, StaticValue initial) {
            elements = new StaticValue[length];
            Arrays.fill(elements, initial);
        }

        /** {@return whether code that is not followed may reach it} */
        boolean isShared() {
            return isShared;
        }

        /** Notes that code which is not followed may reach it; returns whether that is new. */
        boolean becomesShared() {
            boolean isNew = !isShared;
            isShared = true;
            return isNew;
        }

        int length() {
            return elements.length;
        }

        StaticValue get(long index) {
            return index >= 0 && index < elements.length ? elements[(int) index] : UNKNOWN;
        }

        /** Stores an element; returns whether that changes it. */
        boolean set(long index, StaticValue value) {
            boolean changes = index >= 0 && index < elements.length && !elements[(int) index].equals(value);
            if (changes) {
                elements[(int) index] = value;
            }
            return changes;
        }

        /** Forgets all elements; returns whether any was known. */
        boolean forget() {
            boolean changes = false;
            for (int i = 0; i < elements.length; i++) {
                changes |= set(i, UNKNOWN);
            }
            return changes;
        }

        List<StaticValue> list() {
            return List.of(elements);
        }
    }

    /** {@return the value of a constant of a class file} */
    static StaticValue constant(ConstantPool pool, int index) {
        return switch (pool.tag(index)) {
            case ConstantPool.INTEGER, ConstantPool.LONG -> new Whole(Long.parseLong(pool.number(index)));
            case ConstantPool.STRING -> new Text(pool.string(index));
            default -> UNKNOWN;
        };
    }

    /** {@return what is known when it is either this or the other} */
    default StaticValue or(StaticValue other) {
        return equals(other) ? this : UNKNOWN;
    }
}
