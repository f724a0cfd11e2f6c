package dev.faultline.recorder.memory;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which fields a class declares that can be stored to, and which of them are volatile: as its class file says. */
public final class FieldTraits {

    private static final Map<String, FieldTraits> OF_CLASS = new ConcurrentHashMap<>();
    private static final String[] NONE = {};

    private final String name;
    private final String superclass;
    private final List<String> found = new ArrayList<>();
    private String[] fields = NONE;
    /** How many of the fields are volatile; they come first. */
    private int volatileFields;

    /**
     * Begins with a class.
     *
     * @param name its internal name
     * @param superclass that of its superclass; null for none
     */
    public FieldTraits(String name, String superclass) {
        this.name = name;
        this.superclass = superclass;
    }

    /** Adds a field with its access flags. */
    public void add(String field, int access) {
        if (Modifier.isVolatile(access)) {
            found.add(0, field);
            volatileFields++;
        } else if (!Modifier.isFinal(access)) {
            found.add(field);
        }
    }

    /** Ends with the class, which is known from now on. */
    public void note() {
        fields = found.isEmpty() ? NONE : found.toArray(NONE);
        found.clear();
        OF_CLASS.put(name, this);
    }

    /**
     * {@return whether a field is volatile} It is looked for as the VM does, in the class that the code names and then
     * in its superclasses. Of what is not known, it is not.
     *
     * @param type the binary name of the class
     * @param field the name of the field
     */
    public static boolean isVolatile(String type, String field) {
        FieldTraits one = OF_CLASS.get(type.replace('.', '/'));
        while (one != null) {
            for (int i = 0; i < one.fields.length; i++) {
                if (one.fields[i].equals(field)) {
                    return i < one.volatileFields;
                }
            }
            one = one.superclass == null ? null : OF_CLASS.get(one.superclass);
        }
        return false;
    }
}
