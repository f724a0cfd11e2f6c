package dev.faultline.source.jvm.code;

import dev.faultline.source.jvm.code.RawClass.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where methods start threads and where they wait for threads to end, as far as their calls show it. A loop between the
 * two runs beside a thread.
 */
final class ThreadStarts {

    private static final Set<String> STARTERS = Set.of(
            "execute",
            "submit",
            "schedule",
            "scheduleAtFixedRate",
            "scheduleWithFixedDelay",
            "runAsync",
            "supplyAsync");

    /** A barrier is none, since it lets threads go on together. */
    private static final Set<String> WAITS =
            Set.of("awaitTermination", "awaitQuiescence", "invokeAll", "invokeAny", "get", "join", "close");

    private static final String CONCURRENT = "java/util/concurrent/";
    private static final String THREAD = "java/lang/Thread";

    /**
     * A place where threads are started or waited for.
     *
     * @param at offset of the instruction
     * @param isStart whether one is started
     */
    record Event(int at, boolean isStart) {}

    private final ClassTable table;
    private final Map<RawClass.Method, List<Event>> events = new IdentityHashMap<>();

    private ThreadStarts(ClassTable table) {
        this.table = table;
    }

    /** {@return what the methods of all classes do; their calls must not have been linked yet} */
    static ThreadStarts of(ClassTable table) {
        ThreadStarts starts = new ThreadStarts(table);
        starts.collect();
        starts.spread();
        return starts;
    }

    private void collect() {
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                method.threads.forEach(event -> add(method, event));
                method.threads = List.of();
                for (Call call : method.calls) {
                    if (!call.isDeferred
                            && table.ancestor(call.method.owner(), THREAD::equals)
                                    .isPresent()) {
                        ofThread(call.at, call.method.name()).ifPresent(event -> add(method, event));
                    }
                }
            }
        }
        events.values().forEach(ThreadStarts::sort);
    }

    /** A method that does one of these last does so for its callers; theirs are not followed further. */
    private void spread() {
        if (events.isEmpty()) {
            return;
        }
        Map<RawClass.Method, Boolean> last = new IdentityHashMap<>();
        events.forEach((method, all) -> last.put(method, all.get(all.size() - 1).isStart()));
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                for (Call call : method.calls) {
                    if (!call.isDeferred && table.contains(call.method.owner())) {
                        table.method(call.method)
                                .map(last::get)
                                .ifPresent(start -> add(method, new Event(call.at, start)));
                    }
                }
            }
        }
        events.values().forEach(ThreadStarts::sort);
    }

    private void add(RawClass.Method method, Event event) {
        events.computeIfAbsent(method, any -> new ArrayList<>(2)).add(event);
    }

    private static void sort(List<Event> events) {
        events.sort(Comparator.comparingInt(Event::at));
    }

    /** {@return what a call of a method of the JDK does to threads; nothing when it neither starts nor awaits one} */
    static Optional<Event> ofJdk(int at, ConstantPool.Member called) {
        String owner = called.owner();
        String name = called.name();
        if (owner.equals(THREAD) || owner.startsWith(THREAD + "$Builder")) {
            return ofThread(at, name);
        }
        if (owner.equals(CONCURRENT + "CountDownLatch") && name.equals("await")) {
            return Optional.of(new Event(at, false)); // the others may be over by then
        }
        boolean isTask = owner.contains("Future") || owner.contains("Executor") || owner.contains("ForkJoin");
        if (!owner.startsWith(CONCURRENT) || !isTask) {
            return Optional.empty();
        }
        return STARTERS.contains(name)
                ? Optional.of(new Event(at, true))
                : WAITS.contains(name) ? Optional.of(new Event(at, false)) : Optional.empty();
    }

    private static Optional<Event> ofThread(int at, String name) {
        return switch (name) {
            case "start", "startVirtualThread" -> Optional.of(new Event(at, true));
            case "join" -> Optional.of(new Event(at, false));
            default -> Optional.empty();
        };
    }

    /**
     * {@return whether a loop of a method runs while a thread does that the method has started}
     *
     * @param method the method
     * @param loopAt where the loop starts; -1 for none
     */
    boolean isBesideThread(RawClass.Method method, int loopAt) {
        boolean isBeside = false;
        for (Event event : loopAt < 0 ? List.<Event>of() : events.getOrDefault(method, List.of())) {
            if (event.at() < loopAt) {
                isBeside = event.isStart();
            }
        }
        return isBeside;
    }
}
