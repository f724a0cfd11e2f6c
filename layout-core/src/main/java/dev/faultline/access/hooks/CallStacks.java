package dev.faultline.access.hooks;

import dev.faultline.access.hooks.HookRun.Call;
import dev.faultline.access.hooks.HookRun.HookThread;
import dev.faultline.access.hooks.HookedProgram.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The functions that threads were in, by name: what operations and roles are called after. */
final class CallStacks {

    private static final int LONGEST = 200;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final String MAIN = "main";
    private static final double NEARLY_ALL = 0.9;

    /** A place in the code, by the call that a thread was in. */
    private record Place(int thread, int node, long pc) {}

    private final HookRun run;
    private final HookedProgram program;
    private final Optional<Pattern> wanted;
    private final Map<Place, List<Frame>> stacks = new HashMap<>();
    private final Map<Integer, String> begins = new HashMap<>();
    private final Map<Integer, String> roles = new HashMap<>();

    /** For each thread, the function that does nearly all of it. */
    private final Map<Integer, String> mainCalls = new HashMap<>();

    private final Map<Place, String> operations = new HashMap<>();

    /**
     * @param run what was counted
     * @param program names its code
     * @param wanted names of functions that are operations, where a thread is in one
     */
    CallStacks(HookRun run, HookedProgram program, Optional<Pattern> wanted) {
        this.run = run;
        this.program = program;
        this.wanted = wanted;
    }

    /** {@return the functions around a place in the code, the innermost first} */
    List<Frame> stack(int thread, int node, long pc) {
        return stacks.computeIfAbsent(new Place(thread, node, pc), this::found);
    }

    private List<Frame> found(Place place) {
        List<Frame> frames = new ArrayList<>(program.codeAt(place.pc() - 1));
        Map<Integer, Call> calls = run.threads().get(place.thread()).calls();
        int node = place.node();
        for (int i = 0; i < calls.size() && node != 0; i++) {
            Call call = calls.get(node);
            if (call == null) {
                break;
            }
            if (frames.isEmpty()) {
                frames.addAll(program.codeAt(call.function() - 1));
            }
            node = call.parent();
            if (node != 0) { // the first function of a thread is called by code without hooks
                frames.addAll(program.codeAt(call.call() - 1));
            }
        }
        return frames;
    }

    /**
     * {@return the role of a thread: its name, else the function it begins with, or the one that this calls when it
     * begins threads of several kinds; digits are folded}
     */
    String role(int thread) {
        return roles.computeIfAbsent(thread, this::newRole);
    }

    private String newRole(int thread) {
        HookThread one = run.threads().get(thread);
        String name = !one.name().isBlank() ? one.name() : one.isMain() ? MAIN : kind(thread);
        String folded = DIGITS.matcher(name.strip()).replaceAll("#");
        return folded.isEmpty() ? "unnamed thread" : cut(folded);
    }

    private String kind(int thread) {
        if (mainCalls.isEmpty()) {
            findMainCalls();
        }
        String begin = begin(thread);
        long kinds = mainCalls.keySet().stream()
                .filter(other -> begin(other).equals(begin))
                .map(mainCalls::get)
                .distinct()
                .count();
        return kinds > 1 ? mainCalls.getOrDefault(thread, begin) : begin;
    }

    /** Finds, for each thread, the function that its first one calls for nearly all that it does. */
    private void findMainCalls() {
        Map<Integer, Map<String, Long>> counts = new HashMap<>();
        for (HookRun.Counter one : run.counters()) {
            List<Frame> own = reversed(stack(one.thread(), one.node(), one.pc())).stream()
                    .filter(frame -> !frame.isOfLibrary())
                    .toList();
            String begin = begin(one.thread());
            String called = own.size() > 1 && own.get(0).function().equals(begin)
                    ? own.get(1).function()
                    : begin;
            counts.computeIfAbsent(one.thread(), any -> new HashMap<>()).merge(called, one.count(), Long::sum);
        }
        counts.forEach((thread, byCall) -> {
            long all = byCall.values().stream().mapToLong(Long::longValue).sum();
            mainCalls.put(
                    thread,
                    byCall.entrySet().stream()
                            .filter(call -> call.getValue() > all * NEARLY_ALL)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(begin(thread)));
        });
    }

    /** {@return the function that a thread begins with; of C++'s threads the first that is not of the library} */
    private String begin(int thread) {
        return begins.computeIfAbsent(thread, any -> {
            List<Frame> start = run.threads().get(thread).start() == 0
                    ? List.of()
                    : program.codeAt(run.threads().get(thread).start());
            Optional<Frame> stated = start.isEmpty() ? Optional.empty() : Optional.of(start.get(start.size() - 1));
            return stated.filter(frame -> !frame.isOfLibrary())
                    .map(Frame::function)
                    .orElseGet(() -> firstCalled(thread));
        });
    }

    private String firstCalled(int thread) {
        Map<Integer, Call> calls = run.threads().get(thread).calls();
        return calls.keySet().stream()
                .sorted()
                .map(node -> stack(thread, node, calls.get(node).function()))
                .flatMap(frames -> reversed(frames).stream())
                .filter(frame -> !frame.isOfLibrary())
                .map(Frame::function)
                .findFirst()
                .orElse("");
    }

    private static List<Frame> reversed(List<Frame> frames) {
        List<Frame> outermostFirst = new ArrayList<>(frames);
        Collections.reverse(outermostFirst);
        return outermostFirst;
    }

    /**
     * {@return the operation of a place: the outermost function with a wanted name; else the outermost in the file of
     * the code, but not the one that the thread begins with when that calls another in the file}
     */
    String operation(int thread, int node, long pc) {
        return operations.computeIfAbsent(new Place(thread, node, pc), this::named);
    }

    private String named(Place place) {
        List<Frame> outermostFirst = reversed(stack(place.thread(), place.node(), place.pc()));
        Optional<Frame> asked = outermostFirst.stream()
                .filter(frame -> wanted.isPresent()
                        && wanted.get().matcher(frame.function()).find())
                .findFirst();
        if (asked.isPresent()) {
            return cut(asked.get().function());
        }
        List<Frame> own =
                outermostFirst.stream().filter(frame -> !frame.isOfLibrary()).toList();
        if (own.isEmpty()) {
            return outermostFirst.isEmpty()
                    ? "unknown code"
                    : cut(outermostFirst.get(outermostFirst.size() - 1).function());
        }
        String file = own.get(own.size() - 1).file();
        String begin = run.threads().get(place.thread()).isMain() ? MAIN : begin(place.thread());
        List<Frame> inFile =
                own.stream().filter(frame -> frame.file().equals(file)).toList();
        return cut(inFile.stream()
                .filter(frame -> !frame.function().equals(begin))
                .findFirst()
                .orElse(inFile.get(0))
                .function());
    }

    private static String cut(String name) {
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }
}
