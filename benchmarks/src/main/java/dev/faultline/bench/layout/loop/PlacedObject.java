package dev.faultline.bench.layout.loop;

import dev.faultline.offheap.memory.ObjectMemory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A real object of generated classes at a given place on a line, with nothing else on its lines that is ever used.
 *
 * <p>The classes declare the fields of a {@link HeapObject}, in the same hierarchy. Where they are is the VM's
 * decision; a field that is not where the layout has it is an error. The object is allocated between two arrays, again
 * and again until it stands where it should. A collection can move it afterwards: {@link #requireUnmoved} tells.
 */
final class PlacedObject {

    private static final int ATTEMPTS = 4096;
    private static final int ROOM_BYTES = 512;
    private static final int WORD_BYTES = 8;

    private final HeapObject description;
    private final Object object;
    private final AddressReader addresses = AddressReader.measured();
    /** Arrays around the object and the objects that stood elsewhere: a collection would move it into their place. */
    private final List<Object> kept = new ArrayList<>();

    /**
     * Makes classes and an object.
     *
     * @throws IllegalStateException when the VM lays them out otherwise, or has no object at the place
     */
    PlacedObject(HeapObject description) {
        this.description = description;
        List<Class<?>> classes = ObjectClasses.define(description.shape());
        check(classes, description);
        this.object = place(classes.get(classes.size() - 1));
    }

    Object object() {
        return object;
    }

    private static void check(List<Class<?>> classes, HeapObject description) {
        for (int level = 0; level < classes.size(); level++) {
            var fields = description.shape().classes().get(level);
            for (int i = 0; i < fields.size(); i++) {
                long expected = fields.get(i).byteOffset().orElse(-1);
                long found = ObjectMemory.byteOffset(field(classes.get(level), i));
                if (expected >= 0 && found != expected) {
                    throw new IllegalStateException("this VM has field " + (i + 1) + " of class " + (level + 1)
                            + " at byte " + found + ", the layout at byte " + expected);
                }
            }
        }
    }

    private static Field field(Class<?> type, int number) {
        try {
            return type.getDeclaredField(ObjectClasses.fieldName(number));
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Object place(Class<?> type) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                kept.add(new byte[ROOM_BYTES + attempt % description.lineBytes() / WORD_BYTES * WORD_BYTES]);
                Object one = type.getDeclaredConstructor().newInstance();
                kept.add(one);
                kept.add(new byte[ROOM_BYTES]);
                if (isAtPlace(one)) {
                    return one;
                }
            }
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("the generated class cannot be instantiated", broken);
        }
        throw new IllegalStateException(
                "no object of " + ATTEMPTS + " stands at byte " + description.residue() + " of a line");
    }

    private boolean isAtPlace(Object one) {
        return addresses.address(one) % description.lineBytes() == description.residue();
    }

    /**
     * Checks where the object is.
     *
     * @throws IllegalStateException when a collection has moved it to another place on its line
     */
    void requireUnmoved() {
        if (!isAtPlace(object)) {
            throw new IllegalStateException("the collector moved the object away from byte " + description.residue()
                    + " of a line while it was measured; measure again");
        }
    }
}
