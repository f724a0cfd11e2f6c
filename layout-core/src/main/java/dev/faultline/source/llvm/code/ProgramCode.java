package dev.faultline.source.llvm.code;

import dev.faultline.access.code.CodePlace;
import dev.faultline.source.llvm.debug.StructPlace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions of all modules that were read, connected by their calls. */
public final class ProgramCode {

    private static final int MOST_REACHED = 20_000;
    private static final String MAIN = "main";

    /**
     * A function with its module, in which it finds others.
     *
     * @param code what it does
     * @param module the number of its module
     */
    record Node(FunctionCode code, int module) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final Map<String, Node> external = new LinkedHashMap<>();
    private final Map<String, Node> internal = new LinkedHashMap<>();
    private final Set<Node> addressTaken = new HashSet<>();
    private final Map<Node, CodePlace> threads = new LinkedHashMap<>();
    private final Map<String, Set<Node>> users = new HashMap<>();
    private final Map<String, Set<String>> containers = new HashMap<>();
    private final Map<Node, Set<Node>> reached = new HashMap<>();
    private final Map<Node, Set<String>> runners = new HashMap<>();
    private final Map<Node, Set<Node>> callers = new HashMap<>();
    private final Coverage coverage = new Coverage();
    private final List<String> unread = new ArrayList<>();

    /** Connects modules; of two functions with one name, the first counts. */
    public ProgramCode(List<ModuleCode> modules) {
        for (int i = 0; i < modules.size(); i++) {
            ModuleCode module = modules.get(i);
            coverage.add(module.coverage());
            unread.addAll(module.unread());
            module.containers()
                    .forEach((inner, outer) -> containers
                            .computeIfAbsent(inner, any -> new HashSet<>())
                            .addAll(outer));
            for (FunctionCode code : module.functions()) {
                Node node = new Node(code, i);
                if (code.isInternal()) {
                    internal.put(i + ":" + code.linkName(), node);
                } else {
                    external.putIfAbsent(code.linkName(), node);
                }
            }
        }
        for (int i = 0; i < modules.size(); i++) {
            for (String name : modules.get(i).addressTaken()) {
                take(i, name);
            }
        }
        List<Node> all = nodes();
        all.forEach(this::connect);
        for (Node node : all) {
            if (KnownFunctions.isThreadBody(node.code().linkName())) {
                threads.putIfAbsent(node, node.code().place());
            }
        }
        findRunners();
    }

    private void take(int module, String name) {
        Node node = find(module, name);
        if (node != null) {
            addressTaken.add(node);
        }
    }

    private void connect(Node node) {
        FunctionCode code = node.code();
        code.taken().forEach(name -> take(node.module(), name));
        code.threads().forEach((name, place) -> {
            Node body = find(node.module(), name);
            if (body != null) {
                threads.putIfAbsent(body, place);
            }
        });
        for (StructTouch touch : code.touches()) {
            for (StructPlace place : touch.places()) {
                users.computeIfAbsent(place.struct(), any -> new LinkedHashSet<>())
                        .add(node);
            }
        }
        for (FunctionCall call : code.calls()) {
            Node callee = find(node.module(), call.callee());
            if (callee == null) {
                continue;
            }
            callers.computeIfAbsent(callee, any -> new LinkedHashSet<>()).add(node);
            for (FunctionCall.Argument argument : call.arguments()) {
                for (StructPlace place : argument.places()) {
                    users.computeIfAbsent(place.struct(), any -> new LinkedHashSet<>())
                            .add(node);
                }
            }
        }
    }

    /** {@return the functions that were read} */
    List<Node> nodes() {
        List<Node> all = new ArrayList<>(external.values());
        all.addAll(internal.values());
        return all;
    }

    /** {@return the function that a name means in a module; null when it was not read} */
    Node find(int module, String name) {
        Node own = internal.get(module + ":" + name);
        return own != null ? own : external.get(name);
    }

    /** {@return the functions that touch a struct, or pass its address on} */
    Set<Node> users(String struct) {
        return users.getOrDefault(struct, Set.of());
    }

    /** {@return the names of the structs that have a struct as a member} */
    Set<String> containers(String struct) {
        return containers.getOrDefault(struct, Set.of());
    }

    /** {@return whether others may call a function that were not read, or by its address} */
    boolean isEntry(Node node) {
        return !node.code().isInternal() || addressTaken.contains(node) || !callers.containsKey(node);
    }

    /** {@return where a thread is given a function; null when none is} */
    CodePlace threadPlace(Node node) {
        return threads.get(node);
    }

    /** {@return the functions that are given to threads} */
    Set<Node> threads() {
        return threads.keySet();
    }

    /** {@return the functions that a function calls, by way of others too, itself included} */
    Set<Node> reached(Node from) {
        Set<Node> known = reached.get(from);
        if (known != null) {
            return known;
        }
        Set<Node> found = new LinkedHashSet<>();
        Deque<Node> left = new ArrayDeque<>();
        left.add(from);
        found.add(from);
        while (!left.isEmpty() && found.size() < MOST_REACHED) {
            Node node = left.remove();
            for (FunctionCall call : node.code().calls()) {
                Node callee = find(node.module(), call.callee());
                if (callee != null && found.add(callee)) {
                    left.add(callee);
                }
            }
        }
        reached.put(from, found);
        return found;
    }

    /** {@return functions and all that call them, by way of others too} */
    Set<Node> callersOf(Set<Node> functions) {
        Set<Node> found = new HashSet<>(functions);
        Deque<Node> left = new ArrayDeque<>(functions);
        while (!left.isEmpty()) {
            for (Node caller : callers.getOrDefault(left.remove(), Set.of())) {
                if (found.add(caller)) {
                    left.add(caller);
                }
            }
        }
        return found;
    }

    /** Finds for each function which threads run it, {@code main} among them. */
    private void findRunners() {
        Node main = external.get(MAIN);
        Set<Node> starts = new LinkedHashSet<>(threads.keySet());
        if (main != null) {
            starts.add(main);
        }
        for (Node start : starts) {
            for (Node node : reached(start)) {
                runners.computeIfAbsent(node, any -> new HashSet<>())
                        .add(start.code().linkName());
            }
        }
        if (main != null) {
            return;
        }
        for (Node node : nodes()) { // of a library, anyone may call what is not internal
            if (!node.code().isInternal()) {
                runners.computeIfAbsent(node, any -> new HashSet<>()).add("");
            }
        }
    }

    /** {@return which threads run a function, by the functions that they are given; empty when that is not known} */
    Set<String> runners(Node node) {
        return runners.getOrDefault(node, Set.of());
    }

    /** {@return how many accesses were attributed} */
    public Coverage coverage() {
        return coverage;
    }

    /** {@return a line for each part that could not be read} */
    public List<String> unread() {
        return unread;
    }
}
