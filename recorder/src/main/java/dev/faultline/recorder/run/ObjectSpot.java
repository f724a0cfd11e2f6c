package dev.faultline.recorder.run;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A field of one object, and who used it. The object is held weakly. */
final class ObjectSpot {

    /** Who did what: a thread, at one place in one operation. */
    static final class Use {
        final int thread;
        final String role;
        final AccessSite site;
        final int method;
        private final PlacedSamples of;
        private volatile long samples;

        Use(ThreadCounters thread, AccessSite site, int method, PlacedSamples of) {
            this.thread = thread.number;
            this.role = thread.role();
            this.site = site;
            this.method = method;
            this.of = of;
        }

        boolean writes() {
            return !site.kind().equals(AccessSite.READ);
        }

        /** {@return how often, about} */
        long count() {
            return of.times(samples);
        }
    }

    private static final int MOST_USES = 16;

    final WeakReference<Object> object;
    /** What rows of it are named by. */
    final String type;

    final String field;
    final long byteOffset;
    /** By counter and place: a counter may count several accesses that happen equally often. */
    private final Map<List<Object>, Use> uses = new ConcurrentHashMap<>();

    ObjectSpot(WeakReference<Object> object, String type, String field, long byteOffset) {
        this.object = object;
        this.type = type;
        this.field = field;
        this.byteOffset = byteOffset;
    }

    /** Notes one use that told its object. */
    void add(AccessSite site, int method, PlacedSamples of) {
        List<Object> key = Arrays.asList(of, site);
        Use use = uses.get(key);
        if (use == null && uses.size() < MOST_USES) {
            use = new Use(Recorder.counters(), site, method, of);
            uses.put(key, use);
        }
        if (use != null) {
            use.samples++;
        }
    }

    Collection<Use> uses() {
        return uses.values();
    }

    /**
     * {@return whether a thread writes one of two spots and another thread uses the other, both more than now and then}
     */
    boolean isDisturbedBy(ObjectSpot other) {
        for (Use own : uses()) {
            for (Use foreign : other.uses()) {
                boolean isSteady = own.of.isSteady() && foreign.of.isSteady();
                if (isSteady && own.thread != foreign.thread && (own.writes() || foreign.writes())) {
                    return true;
                }
            }
        }
        return false;
    }
}
