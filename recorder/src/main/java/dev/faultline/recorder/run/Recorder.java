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
    public static ThreadCounters counters() {
        return ThreadCounters.ofThread();
    }

    /**
     * Begins a method.
     *
     * @param counters those of the thread
     * @param method the number of the method
     * @return what {@link #exit} must be given
     */
    public static long enter(ThreadCounters counters, int method) {
        long before = counters.operation;
        counters.operation = counters.operationOf(method);
        return before;
    }

    /** Ends a method. */
    public static void exit(ThreadCounters counters, long before) {
        counters.operation = before;
    }

    /** Counts accesses of fields of its own class, or of an array, in a constructor or an initialiser. */
    public static void construct(ThreadCounters counters, int times) {
        counters.constructing += times;
    }

    /** Counts an access of a field of an object, which is null when the access is about to fail. */
    public static void field(Object object, ThreadCounters counters, int site) {
        AccessCounter counter;
        if (object != null
                && (counter = counters.first(site)) != null
                && counter.objectClass == object.getClass()
                && counter.isUnder(counters)) {
            counter.count(object);
        } else {
            slow(object, null, -1, counters, site);
        }
    }

    /** Counts an access of a static field. */
    public static void staticField(ThreadCounters counters, int site) {
        AccessCounter counter = counters.first(site);
        if (counter != null && counter.isUnder(counters)) {
            counter.count++;
        } else {
            slow(null, Recorder.class, -1, counters, site);
        }
    }

    /** Counts which of some accesses of fields of an object have happened: a set of them, by its number. */
    public static void someFields(Object object, int some, ThreadCounters counters, int sitesBefore) {
        if (some != 0) {
            field(object, counters, sitesBefore + some);
        }
    }

    /** Counts which of some accesses of static fields have happened: a set of them, by its number. */
    public static void someStaticFields(int some, ThreadCounters counters, int sitesBefore) {
        if (some != 0) {
            staticField(counters, sitesBefore + some);
        }
    }

    /** Counts accesses of fields of an object that have happened. */
    public static void fields(Object object, int times, ThreadCounters counters, int site) {
        if (times == 0) {
            return;
        }
        AccessCounter counter = counters.first(site);
        if (counter != null && counter.objectClass == object.getClass() && counter.isUnder(counters)) {
            counter.count(object, times);
        } else {
            slow(object, null, -1, counters, site, times);
        }
    }

    /** Counts accesses of static fields that have happened. */
    public static void staticFields(int times, ThreadCounters counters, int site) {
        if (times == 0) {
            return;
        }
        AccessCounter counter = counters.first(site);
        if (counter != null && counter.isUnder(counters)) {
            counter.count += times;
        } else {
            slow(null, Recorder.class, -1, counters, site, times);
        }
    }

    /** Counts an access of an element of an array, unless it is about to fail. */
    public static void element(Object array, int index, ThreadCounters counters, int site) {
        if (array == null || index < 0 || index >= Array.getLength(array)) {
            return;
        }
        AccessCounter first = counters.first(site);
        if (first != null
                && first.objectClass == array.getClass()
                && first.isUnder(counters)
                && ((ElementCounter) first).holds(array)) {
            ((ElementCounter) first).count(array, index, 1);
        } else {
            slowElement(array, index, counters, site);
        }
    }

    private static void slowElement(Object array, int index, ThreadCounters counters, int site) {
        try {
            findElement(array, counters, site).count(array, index, 1);
        } catch (Throwable failed) {
            FAILURES.incrementAndGet();
        }
    }

    private static ElementCounter findElement(Object array, ThreadCounters counters, int site) {
        String type = ArrayNames.of(array);
        int operation = counters.operationAt(site);
        AccessCounter first = counters.first(site);
        for (AccessCounter one = first; one != null; one = one.next) {
            if (one.objectClass == array.getClass() && one.isIn(operation, counters) && one.type.equals(type)) {
                ((ElementCounter) one).lookedUp(array);
                return (ElementCounter) one;
            }
        }
        ElementCounter made = new ElementCounter(array, operation, site, type, first);
        made.isIn(operation, counters);
        counters.put(made);
        return made;
    }

    /** Counts an access by {@code Unsafe} at a byte offset in an object. */
    public static void unsafe(Object object, long byteOffset, ThreadCounters counters, int site) {
        AccessCounter counter;
        if (object != null
                && (counter = counters.first(site)) != null
                && counter.objectClass == object.getClass()
                && counter.isAt(byteOffset)
                && counter.isUnder(counters)) {
            counter.count(object);
        } else {
            slow(object, null, byteOffset, counters, site);
        }
    }

    /** Counts an access by a VarHandle or an updater; the object is null for a static field. */
    public static void handle(Object handle, Object object, ThreadCounters counters, int site) {
        AccessCounter counter;
        if (handle != null
                && (counter = counters.first(site)) != null
                && counter.isUnder(counters)
                && counter.objectClass == (object == null ? null : object.getClass())
                && counter.isOf(handle)) {
            counter.count(object);
        } else {
            slow(object, handle, -1, counters, site);
        }
    }

    /** Counts a call of a method of an atomic object, which is an access of the number or reference in it. */
    public static void atomic(Object atomic, ThreadCounters counters, int site) {
        handle(atomic, atomic, counters, site);
    }

    private static void slow(Object object, Object handle, long byteOffset, ThreadCounters counters, int site) {
        slow(object, handle, byteOffset, counters, site, 1);
    }

    private static void slow(
            Object object, Object handle, long byteOffset, ThreadCounters counters, int site, int times) {
        if (object == null && handle == null && byteOffset < 0) {
            return; // the access is about to fail
        }
        try {
            AccessCounter counter = known(object, handle, byteOffset, counters, site);
            counter = counter == null ? find(object, handle, byteOffset, counters, site) : counter;
            counter.count(object, times);
        } catch (Throwable failed) {
            FAILURES.addAndGet(times);
        }
    }

    /** {@return a counter that is surely the one, found without names; null when a name is to be looked up} */
    private static AccessCounter known(
            Object object, Object handle, long byteOffset, ThreadCounters counters, int site) {
        Class<?> type = object == null ? null : object.getClass();
        boolean isHandle = handle != null && handle != Recorder.class;
        int operation = counters.operationAt(site);
        for (AccessCounter one = counters.first(site); one != null; one = one.next) {
            if (one.objectClass == type
                    && one.isIn(operation, counters)
                    && one.isAt(byteOffset)
                    && (!isHandle || one.isOf(handle))) {
                return one;
            }
        }
        return null;
    }

    private static AccessCounter find(
            Object object, Object handle, long byteOffset, ThreadCounters counters, int site) {
        AccessSite place = CodePlaces.site(site);
        Class<?> type = object == null ? null : object.getClass();
        boolean isHandle = handle != null && handle != Recorder.class;
        FieldNames.Name name = isHandle ? FieldNames.of(handle) : null;
        String typeName = typeName(place, object, handle, name);
        String field = byteOffset >= 0 ? fieldAt(type, byteOffset) : field(place, object, handle, name);
        int operation = counters.operationAt(site);
        AccessCounter first = counters.first(site);
        for (AccessCounter one = first; one != null; one = one.next) {
            if (one.objectClass == type
                    && one.isIn(operation, counters)
                    && one.isAt(byteOffset)
                    && one.isNamed(typeName, field)) {
                one.nowOf(isHandle ? handle : null);
                return one;
            }
        }
        AccessCounter made =
                new AccessCounter(type, operation, site, byteOffset, typeName, field, isHandle ? handle : null, first);
        made.isIn(operation, counters);
        counters.put(made);
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
