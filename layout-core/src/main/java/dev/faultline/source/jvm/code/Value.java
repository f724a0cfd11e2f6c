package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeReceiver;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import java.util.List;

/**
 * What is known of a value on the stack or in a local variable.
 *
 * @param kind what it is
 * @param text the text, number or type of a constant; the type of a new object; the path of an accessor
 * @param number number of a parameter, of the instruction that made an object, of a read, of a lambda
 * @param member the field that was read, or the static field with the handle through which it was read; the method that
 *     returned it; what holds the layout or view of an accessor
 * @param from the object whose field was read
 * @param stepped whether something was added to or subtracted from what was read
 * @param lookup the handle's field
 * @param sum how the code computes it, where it is a sum; null elsewhere
 */
record Value(
        Kind kind,
        String text,
        int number,
        Member member,
        CodeReceiver from,
        boolean stepped,
        FieldQuery lookup,
        MemoryOffset sum) {

    /** What a value is. */
    enum Kind {
        /** Not known. */
        UNKNOWN,
        /** The object whose method it is. */
        THIS,
        /** A parameter, the receiver not counted. */
        PARAMETER,
        /** An object made in this method, which no other thread has seen. */
        FRESH,
        /** A number or {@code null}. */
        CONSTANT,
        /** A string constant. */
        TEXT,
        /** A class constant. */
        TYPE,
        /** What a field held. */
        LOADED,
        /** What a field held, read through a VarHandle, updater or offset that a field holds. */
        LOADED_THROUGH,
        /** It depends on the thread. */
        OWN,
        /** A VarHandle, updater, offset or {@code Field} of a field. */
        HANDLE,
        /** A VarHandle for elements of arrays, or the offset of their first element. */
        ARRAY_HANDLE,
        /** What a method returned, of a type that may be a handle. */
        RESULT,
        /** A lambda or method reference. */
        LAMBDA,
        /** A view of a struct outside of objects, or the accessor of one of its fields. */
        PART
    }

    /**
     * A search for a field by its name.
     *
     * @param types the classes it is searched in, as internal names
     * @param name its name
     */
    record FieldQuery(List<String> types, String name) {}

    static final Value UNKNOWN = simple(Kind.UNKNOWN);
    static final Value THIS = simple(Kind.THIS);
    static final Value OWN = simple(Kind.OWN);
    static final Value ARRAY_HANDLE = simple(Kind.ARRAY_HANDLE);
    static final Value NULL = constant("null");
    static final int NO_READ = -1;

    private static final Value[] SMALL = new Value[8];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = constant(Integer.toString(i));
        }
    }

    private static Value simple(Kind kind) {
        return of(kind, "", 0);
    }

    private static Value of(Kind kind, String text, int number) {
        return new Value(kind, text, number, null, CodeReceiver.NONE, false, null, null);
    }

    static Value small(int number) {
        return number >= 0 && number < SMALL.length ? SMALL[number] : constant(Integer.toString(number));
    }

    static Value constant(String text) {
        return of(Kind.CONSTANT, text, 0);
    }

    static Value text(String text) {
        return of(Kind.TEXT, text, 0);
    }

    static Value type(String internalName) {
        return of(Kind.TYPE, internalName, 0);
    }

    static Value parameter(int index) {
        return of(Kind.PARAMETER, "", index);
    }

    static Value fresh(String type, int at) {
        return of(Kind.FRESH, type, at);
    }

    static Value lambda(int call) {
        return of(Kind.LAMBDA, "", call);
    }

    static Value loaded(Member field, CodeReceiver from, int read) {
        return new Value(Kind.LOADED, "", read, field, from, false, null, null);
    }

    static Value loadedThrough(Member holder, CodeReceiver from, int read) {
        return new Value(Kind.LOADED_THROUGH, "", read, holder, from, false, null, null);
    }

    static Value result(Member method) {
        return new Value(Kind.RESULT, "", 0, method, CodeReceiver.NONE, false, null, null);
    }

    /**
     * {@return a view of a struct, or an accessor}
     *
     * @param from the field that holds its layout or view, or the method that returned the view; null when unknown
     * @param path path of the accessor's field; empty for a view
     */
    static Value part(Member from, String path) {
        return new Value(Kind.PART, path, 0, from, CodeReceiver.NONE, false, null, null);
    }

    static Value handle(FieldQuery lookup) {
        return new Value(Kind.HANDLE, "", 0, null, CodeReceiver.NONE, false, lookup, null);
    }

    /** {@return the same, known to be the result of a sum} */
    Value as(MemoryOffset other) {
        return new Value(kind, text, number, member, from, stepped, lookup, other);
    }

    /** {@return the number as the code computes it} */
    MemoryOffset offset() {
        if (sum != null) {
            return sum;
        }
        if (kind == Kind.LOADED) {
            return MemoryOffset.of(member);
        }
        return kind == Kind.CONSTANT && isWhole(text) ? MemoryOffset.of(Long.parseLong(text)) : MemoryOffset.OTHER;
    }

    private static boolean isWhole(String text) {
        return !text.isEmpty()
                && text.chars().skip(text.charAt(0) == '-' ? 1 : 0).allMatch(Character::isDigit);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** {@return whether it is what a field held} */
    boolean isLoaded() {
        return kind == Kind.LOADED || kind == Kind.LOADED_THROUGH;
    }

    /** {@return what is left when something is added or subtracted} */
    Value step() {
        return isLoaded() ? new Value(kind, text, number, member, from, true, null, sum) : this;
    }

    /** {@return what is known when it is either this or the other} */
    Value or(Value other) {
        if (this == other || equals(other)) {
            return this;
        }
        if (isLoaded() && kind == other.kind && member.equals(other.member) && from == other.from) {
            return new Value(kind, text, NO_READ, member, from, stepped && other.stepped, null, null);
        }
        return UNKNOWN;
    }
}
