package dev.faultline.recorder.run;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What instrumented code calls. The fast paths are small, for the compiler to put them in place; everything else is
 * kept from letting an exception out, since the program must not notice.
 */
public final class Recorder {

    /** Of an access that has no field of an object: an element of an array, memory off the heap, an unknown handle. */
    private static final String NO_FIELD = "";

    private static final AtomicLong FAILURES = new AtomicLong();

    private Recorder() {}

    /** {@return how many accesses were not counted since counting them failed, as for want of memory} */
    static long failures() {
        return FAILURES.get();
    }

    /** Notes that an access was not counted. */
    static void failed() {
        FAILURES.incrementAndGet();
    }

    /** {@return the counters of this thread} */
    static ThreadCounters counters() {
        return ThreadCounters.ofThread();
    }

    /**
     * {@return the counters of a method that may be no operation} It has no object, or one whose class is known.
     *
     * @param method the number of the method
     */
    public static MethodCounters start(int method) {
        try {
            return ThreadCounters.ofMethod(method);
        } catch (Throwable failed) {
            return ThreadCounters.spare();
        }
    }

    /**
     * {@return the counters of a method that may be no operation}
     *
     * @param self its object
     * @param declaring the class that declares the method; null when that is abstract
     * @param method the number of the method
     */
    public static MethodCounters start(Object self, Class<?> declaring, int method) {
        try {
            return ThreadCounters.ofMethod(self, declaring, method);
        } catch (Throwable failed) {
            return ThreadCounters.spare();
        }
    }

    /** Begins what may be an operation. */
    public static void enter(MethodCounters counters) {
        counters.counters.operation = counters.operation;
    }

    /** Ends what may be an operation. */
    public static void exit(MethodCounters counters) {
        counters.counters.operation = counters.before;
    }

    /** Counts accesses of fields of its own class, or of an array, in a constructor or an initialiser. */
    public static void construct(MethodCounters counters, int times) {
        counters.counters.constructing += times;
    }

    /** Counts an access of the object of a method, or of no object, in the first cell. */
    public static void cell0(Object self, MethodCounters counters, int place) {
        if (--counters.cell0 < 0) {
            counters.count(self, 0, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the second cell. */
    public static void cell1(Object self, MethodCounters counters, int place) {
        if (--counters.cell1 < 0) {
            counters.count(self, 1, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the third cell. */
    public static void cell2(Object self, MethodCounters counters, int place) {
        if (--counters.cell2 < 0) {
            counters.count(self, 2, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the fourth cell. */
    public static void cell3(Object self, MethodCounters counters, int place) {
        if (--counters.cell3 < 0) {
            counters.count(self, 3, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the fifth cell. */
    public static void cell4(Object self, MethodCounters counters, int place) {
        if (--counters.cell4 < 0) {
            counters.count(self, 4, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the sixth cell. */
    public static void cell5(Object self, MethodCounters counters, int place) {
        if (--counters.cell5 < 0) {
            counters.count(self, 5, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the seventh cell. */
    public static void cell6(Object self, MethodCounters counters, int place) {
        if (--counters.cell6 < 0) {
            counters.count(self, 6, place);
        }
    }

    /** Counts an access of the object of a method, or of no object, in the eighth cell. */
    public static void cell7(Object self, MethodCounters counters, int place) {
        if (--counters.cell7 < 0) {
            counters.count(self, 7, place);
        }
    }

    /** Counts an access of a field of an object, which is null when the access is about to fail. */
    public static void field(Object object, MethodCounters counters, int place) {
        AccessCounter counter;
        if (object != null && (counter = counters.found(place)) != null && counter.objectClass == object.getClass()) {
            counter.count(object);
        } else {
            slow(object, null, -1, counters, place);
        }
    }

    /** Counts an access of a static field. */
    public static void staticField(MethodCounters counters, int place) {
        AccessCounter counter = counters.found(place);
        if (counter != null) {
            counter.count++;
        } else {
            slow(null, Recorder.class, -1, counters, place);
        }
    }

    /** Counts which of some accesses of fields of an object have happened: a set of them, by its number. */
    public static void someFields(Object object, int set, MethodCounters counters, int placesBefore) {
        if (set != 0) {
            field(object, counters, placesBefore + set);
        }
    }

    /** Counts which of some accesses of static fields have happened: a set of them, by its number. */
    public static void someStaticFields(int set, MethodCounters counters, int placesBefore) {
        if (set != 0) {
            staticField(counters, placesBefore + set);
        }
    }

    /** Counts accesses of fields of an object that have happened. */
    public static void fields(Object object, int times, MethodCounters counters, int place) {
        if (times == 0) {
            return;
        }
        AccessCounter counter = counters.found(place);
        if (counter != null && counter.objectClass == object.getClass()) {
            counter.count(object, times);
        } else {
            slow(object, null, -1, counters, place, times);
        }
    }

    /** Counts accesses of static fields that have happened. */
    public static void staticFields(int times, MethodCounters counters, int place) {
        if (times == 0) {
            return;
        }
        AccessCounter counter = counters.found(place);
        if (counter != null) {
            counter.count += times;
        } else {
            slow(null, Recorder.class, -1, counters, place, times);
        }
    }

    /** Counts an access of an element of an array, unless it is about to fail. */
    public static void element(Object array, int index, MethodCounters counters, int place) {
        if (isElement(array, index)) {
            searchElement(array, index, counters, place, -1);
        }
    }

    /** Counts an access of an element of an array, unless it is about to fail, in the first cell for elements. */
    public static void element0(Object array, int index, MethodCounters counters, int place) {
        if (isElement(array, index)) {
            if (counters.left0 > 0 && System.identityHashCode(array) == counters.array0) {
                counters.left0--;
            } else {
                searchElement(array, index, counters, place, 0);
            }
        }
    }

    /** Counts an access of an element of an array, unless it is about to fail, in the second cell for elements. */
    public static void element1(Object array, int index, MethodCounters counters, int place) {
        if (isElement(array, index)) {
            if (counters.left1 > 0 && System.identityHashCode(array) == counters.array1) {
                counters.left1--;
            } else {
                searchElement(array, index, counters, place, 1);
            }
        }
    }

    /** Counts an access of an element of an array, unless it is about to fail, in the third cell for elements. */
    public static void element2(Object array, int index, MethodCounters counters, int place) {
        if (isElement(array, index)) {
            if (counters.left2 > 0 && System.identityHashCode(array) == counters.array2) {
                counters.left2--;
            } else {
                searchElement(array, index, counters, place, 2);
            }
        }
    }

    /** Counts an access of an element of an array, unless it is about to fail, in the fourth cell for elements. */
    public static void element3(Object array, int index, MethodCounters counters, int place) {
        if (isElement(array, index)) {
            if (counters.left3 > 0 && System.identityHashCode(array) == counters.array3) {
                counters.left3--;
            } else {
                searchElement(array, index, counters, place, 3);
            }
        }
    }

    private static boolean isElement(Object array, int index) {
        return array != null && index >= 0 && index < Array.getLength(array);
    }

    private static void searchElement(Object array, int index, MethodCounters counters, int place, int cell) {
        try {
            ElementCounter counter = counters.elements(place);
            if (counter == null || !counter.holds(array, counters)) {
                counter = findElement(array, counters, place);
            }
            counter.count(array, index, counters, cell);
        } catch (Throwable failed) {
            FAILURES.incrementAndGet();
        }
    }

    private static ElementCounter findElement(Object array, MethodCounters counters, int place) {
        String type = ArrayNames.of(array);
        int operation = counters.operationMethod();
        int site = counters.sites[place];
        AccessCounter first = counters.counters.first(site);
        for (AccessCounter one = first; one != null; one = one.next) {
            if (one.objectClass == array.getClass() && one.method == operation && one.type.equals(type)) {
                ((ElementCounter) one).lookedUp(array);
                counters.find(place, (ElementCounter) one);
                return (ElementCounter) one;
            }
        }
        ElementCounter made = new ElementCounter(array, operation, site, type, first);
        counters.counters.put(made);
        counters.find(place, made);
        return made;
    }

    /** Counts an access by {@code Unsafe} at a byte offset in an object. */
    public static void unsafe(Object object, long byteOffset, MethodCounters counters, int place) {
        AccessCounter counter;
        if (object != null
                && (counter = counters.found(place)) != null
                && counter.objectClass == object.getClass()
                && counter.isAt(byteOffset)) {
            counter.count(object);
        } else {
            slow(object, null, byteOffset, counters, place);
        }
    }

    /** Counts an access by a VarHandle or an updater; the object is null for a static field. */
    public static void handle(Object handle, Object object, MethodCounters counters, int place) {
        AccessCounter counter;
        if (handle != null
                && (counter = counters.found(place)) != null
                && counter.objectClass == (object == null ? null : object.getClass())
                && counter.isOf(handle)) {
            counter.count(object);
        } else {
            slow(object, handle, -1, counters, place);
        }
    }

    /** Counts a call of a method of an atomic object, which is an access of the number or reference in it. */
    public static void atomic(Object atomic, MethodCounters counters, int place) {
        handle(atomic, atomic, counters, place);
    }

    private static void slow(Object object, Object handle, long byteOffset, MethodCounters counters, int place) {
        slow(object, handle, byteOffset, counters, place, 1);
    }

    private static void slow(
            Object object, Object handle, long byteOffset, MethodCounters counters, int place, int times) {
        if (object == null && handle == null && byteOffset < 0) {
            return; // the access is about to fail
        }
        try {
            AccessCounter counter = known(object, handle, byteOffset, counters, place);
            counter = counter == null ? find(object, handle, byteOffset, counters, place) : counter;
            counters.find(place, counter);
            counter.count(object, times);
        } catch (Throwable failed) {
            FAILURES.addAndGet(times);
        }
    }

    /** {@return a counter that is surely the one, found without names; null when a name is to be looked up} */
    private static AccessCounter known(
            Object object, Object handle, long byteOffset, MethodCounters counters, int place) {
        Class<?> type = object == null ? null : object.getClass();
        boolean isHandle = handle != null && handle != Recorder.class;
        int operation = counters.operationMethod();
        for (AccessCounter one = counters.counters.first(counters.sites[place]); one != null; one = one.next) {
            if (one.objectClass == type
                    && one.method == operation
                    && one.isAt(byteOffset)
                    && (!isHandle || one.isOf(handle))) {
                return one;
            }
        }
        return null;
    }

    private static AccessCounter find(
            Object object, Object handle, long byteOffset, MethodCounters counters, int place) {
        int site = counters.sites[place];
        AccessSite code = CodePlaces.site(site);
        Class<?> type = object == null ? null : object.getClass();
        boolean isHandle = handle != null && handle != Recorder.class;
        FieldNames.Name name = isHandle ? FieldNames.of(handle) : null;
        String typeName = typeName(code, object, handle, name);
        String field = byteOffset >= 0 ? fieldAt(type, byteOffset) : field(code, object, handle, name);
        int operation = counters.operationMethod();
        AccessCounter first = counters.counters.first(site);
        for (AccessCounter one = first; one != null; one = one.next) {
            if (one.objectClass == type
                    && one.method == operation
                    && one.isAt(byteOffset)
                    && one.isNamed(typeName, field)) {
                one.nowOf(isHandle ? handle : null);
                return one;
            }
        }
        AccessCounter made =
                new AccessCounter(type, operation, site, byteOffset, typeName, field, isHandle ? handle : null, first);
        counters.counters.put(made);
        counters.find(place, made);
        return made;
    }

    private static String typeName(AccessSite place, Object object, Object handle, FieldNames.Name name) {
        if (handle != null && handle == object) {
            String type = object.getClass().getName();
            String simple = type.substring(type.lastIndexOf('.') + 1);
            return name == null ? type : name.type + "." + name.field + " (" + simple + ")";
        }
        if (object != null) {
            return object.getClass().getName();
        }
        return (name == null ? place.type : name.type) + ".class";
    }

    private static String fieldAt(Class<?> type, long byteOffset) {
        String field = type == null || type.isArray() ? null : FieldNames.at(type, byteOffset);
        return field == null ? NO_FIELD : field;
    }

    private static String field(AccessSite place, Object object, Object handle, FieldNames.Name name) {
        if (!place.field.isEmpty()) {
            return place.field;
        }
        if (handle == object) {
            return "value";
        }
        boolean isOfArray = object != null && object.getClass().isArray();
        return name == null || isOfArray || object == null && !name.isStatic ? NO_FIELD : name.field;
    }

    /** Notes that an updater or a VarHandle stands for a field. */
    public static void named(Object handle, Class<?> type, String field, boolean isStatic) {
        try {
            if (handle != null && type != null && field != null) {
                FieldNames.name(handle, type.getName(), field, isStatic);
            }
        } catch (Throwable failed) {
            FAILURES.incrementAndGet();
        }
    }

    /**
     * Loads what {@link #stored} needs, so that it allocates nothing when a program calls it first, and links what
     * finds the counters of a thread.
     */
    public static void prepare() {
        counters();
        FieldNames.nameStored();
    }

    /** Notes that an atomic object or an array is in a field, at the place where it is stored. */
    public static void stored(Object object, int site) {
        try {
            if (object != null) {
                FieldNames.store(object, site);
            }
        } catch (Throwable failed) {
            FAILURES.incrementAndGet();
        }
    }

    /** Notes the offset of a field. */
    public static void offset(long byteOffset, Field field) {
        try {
            FieldNames.offset(field, byteOffset);
        } catch (Throwable failed) {
            FAILURES.incrementAndGet();
        }
    }
}
