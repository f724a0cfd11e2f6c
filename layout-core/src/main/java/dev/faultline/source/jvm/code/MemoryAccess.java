package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeField;
import dev.faultline.api.Internal;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A place in code that reads or writes memory outside of Java objects: by a VarHandle, an accessor or an offset. */
@Internal
public final class MemoryAccess {

    /**
     * Where in memory it is.
     *
     * @param constants static final fields that are part of the offset, each with the class that declares it
     * @param number what else is added to it
     * @param base name of the field of the object that refers to the memory or holds its address; empty when the code
     *     shows none
     * @param isWhole whether nothing else is part of the offset: the memory begins where the struct does
     */
    public record Place(List<Member> constants, long number, String base, boolean isWhole) {
        public Place {
            constants = List.copyOf(constants);
            Objects.requireNonNull(base);
        }

        /** {@return whether the number tells which field it is; 0 may be what remains of an index} */
        public boolean isFixed() {
            return constants.isEmpty() && (isWhole || number != 0);
        }
    }

    /**
     * A field of a struct that an accessor is for.
     *
     * @param layout the static final field that holds the layout of the struct; empty when the code shows none
     * @param path the path of the field
     */
    public record Part(Optional<Member> layout, String path) {
        public Part {
            Objects.requireNonNull(layout);
            Objects.requireNonNull(path);
        }
    }

    private final RawClass type;
    private final RawClass.Method method;
    private final RawClass.Effect effect;
    private final Optional<Member> handle;
    private final Optional<Part> part;
    private Optional<Place> place;

    MemoryAccess(
            RawClass type,
            RawClass.Method method,
            RawClass.Effect effect,
            Optional<Member> handle,
            Optional<Place> place,
            Optional<Part> part) {
        this.type = type;
        this.method = method;
        this.effect = effect;
        this.handle = handle;
        this.place = place;
        this.part = part;
    }

    /** {@return the internal name of the class whose code it is} */
    public String type() {
        return type.name;
    }

    /** {@return the method whose code it is} */
    public String method() {
        return method.name;
    }

    /** {@return the static field with the VarHandle that it goes through} */
    public Optional<Member> handle() {
        return handle;
    }

    /** {@return the offset, when the code gives one} */
    public Optional<Place> place() {
        return place;
    }

    /** {@return the field of a struct that its accessor is for} */
    public Optional<Part> part() {
        return part;
    }

    /** Says where it is, with constants put in that are known. */
    public void at(Place other) {
        place = Optional.of(other);
    }

    /** {@return its type, as a descriptor spells it: {@code J} for a long; 0 when it is not known} */
    public char letter() {
        return effect.letter;
    }

    /** {@return whether it changes the memory} */
    public boolean writes() {
        return effect.access.kind().writes();
    }

    /** Says which field of a struct it touches. */
    public void touches(CodeField field) {
        effect.outside = field;
    }
}
