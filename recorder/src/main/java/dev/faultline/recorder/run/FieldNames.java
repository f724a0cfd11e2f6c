package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.WeakIdentityMap;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which field a VarHandle, an updater or an offset stands for, and in which field an atomic object is: noted where the
 * program makes or stores it. Objects are held weakly.
 */
final class FieldNames {

    /** A field. */
    static final class Name {
        final String type;
        final String field;
        final boolean isStatic;

        Name(String type, String field, boolean isStatic) {
            this.type = type;
            this.field = field;
            this.isStatic = isStatic;
        }
    }

    private static final int MOST = 1 << 16;
    private static final WeakIdentityMap<Name> OBJECTS = new WeakIdentityMap<>(MOST, name -> {});
    /** Objects stored into a field, and where, that have no name yet. */
    private static final Object[] STORED = new Object[64];

    private static final int[] STORED_AT = new int[STORED.length];
    private static volatile int stored;
    private static final Map<String, String> OFFSETS = new ConcurrentHashMap<>();

    private FieldNames() {}

    static void name(Object object, String type, String field, boolean isStatic) {
        OBJECTS.putIfAbsent(object, new Name(type, field, isStatic));
    }

    /**
     * Notes that an object is stored into a field. It gets its name later: naming it allocates, and would part objects
     * that the program allocates one after the other.
     */
    static void store(Object object, int site) {
        synchronized (STORED) {
            if (stored == STORED.length) {
                nameStored();
            }
            STORED[stored] = object;
            STORED_AT[stored] = site;
            stored++;
        }
    }

    /** Names what was stored. Until then it is held. */
    static void nameStored() {
        synchronized (STORED) {
            for (int i = 0; i < stored; i++) {
                AccessSite site = CodePlaces.site(STORED_AT[i]);
                name(STORED[i], site.type, site.field, false);
                STORED[i] = null;
            }
            stored = 0;
        }
    }

    static Name of(Object object) {
        if (stored > 0) {
            nameStored();
        }
        return OBJECTS.get(object);
    }

    static void offset(Class<?> type, String field, long byteOffset) {
        OFFSETS.put(type.getName() + "#" + byteOffset, field);
    }

    static void offset(Field field, long byteOffset) {
        if (!Modifier.isStatic(field.getModifiers())) {
            offset(field.getDeclaringClass(), field.getName(), byteOffset);
        }
    }

    /** {@return the field at an offset of a class or of its superclasses; null when the program never asked for it} */
    static String at(Class<?> type, long byteOffset) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            String field = OFFSETS.get(one.getName() + "#" + byteOffset);
            if (field != null) {
                return field;
            }
        }
        return null;
    }
}
