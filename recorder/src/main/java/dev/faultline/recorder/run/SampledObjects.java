package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.VmMemory;
import dev.faultline.recorder.memory.WeakIdentityMap;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Fields of objects that were seen to be used, for asking where on the heap they are. Bounded. */
final class SampledObjects {

    /** The most objects at a time. */
    private static final int MOST = 4096;

    private static final int MOST_FIELDS = 16;
    /** The most fields between two looks at the heap, also of objects that are collected meanwhile. */
    private static final int MOST_SPOTS = 4 * MOST;

    private static final WeakIdentityMap<Map<String, ObjectSpot>> OBJECTS = new WeakIdentityMap<>(MOST, gone -> {});
    private static final ConcurrentLinkedQueue<ObjectSpot> SPOTS = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private SampledObjects() {}

    /** Notes that an object was used. */
    static void add(Object object, AccessCounter counter, PlacedSamples of) {
        if (counter.field.isEmpty() || COUNT.get() >= MOST_SPOTS || Recorder.counters().isShared) {
            return;
        }
        Map<String, ObjectSpot> fields = OBJECTS.get(object);
        if (fields == null) {
            fields = OBJECTS.putIfAbsent(object, new ConcurrentHashMap<>());
        }
        if (fields == null) {
            return;
        }
        for (AccessSite site = CodePlaces.site(counter.site); site != null; site = site.also) {
            String field = site.field.isEmpty() ? counter.field : site.field;
            ObjectSpot spot = spot(object, counter.type, field, fields);
            if (spot != null) {
                spot.add(site, counter.method, of);
            }
        }
    }

    /** {@return the spot of a field; null when its offset is not known or there are too many} */
    private static ObjectSpot spot(Object object, String type, String field, Map<String, ObjectSpot> fields) {
        ObjectSpot spot = fields.get(field);
        if (spot != null || fields.size() >= MOST_FIELDS) {
            return spot;
        }
        long byteOffset = VmMemory.fieldOffset(object.getClass(), field);
        if (byteOffset < 0) {
            return null;
        }
        ObjectSpot made = new ObjectSpot(new WeakReference<>(object), type, field, byteOffset);
        spot = fields.putIfAbsent(field, made);
        if (spot == null) {
            SPOTS.add(made);
            COUNT.incrementAndGet();
            return made;
        }
        return spot;
    }

    /** {@return the spots of objects that are not collected} */
    static List<ObjectSpot> spots() {
        OBJECTS.forget();
        SPOTS.removeIf(spot -> spot.object.get() == null);
        List<ObjectSpot> spots = new ArrayList<>(SPOTS);
        COUNT.set(spots.size());
        return spots;
    }
}
