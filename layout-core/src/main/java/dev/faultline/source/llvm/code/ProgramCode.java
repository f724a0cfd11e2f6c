package dev.faultline.source.llvm.code;

import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.operation.FunctionAccessBuilder;
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

    /** A function with those that it calls. */
    static final class Node {

        private static final Node[] NONE = {};

        private final FunctionCode code;
        private Node[][] callees = {};
        private Set<String> structs = Set.of();

        private Node(FunctionCode code) {
            this.code = code;
        }

        /** {@return what it does} */
        FunctionCode code() {
            return code;
        }

        /** {@return for each of its calls, the functions that were read which it may call} */
        Node[][] callees() {
            return callees;
        }

        /** {@return whether it touches a struct, or passes its address on} */
        boolean uses(Set<String> any) {
            for (String struct : structs) {
                if (any.contains(struct)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Map<String, Node> external = new LinkedHashMap<>();
    /** For each module, the functions that others cannot name. */
    private final List<Map<String, Node>> internal = new ArrayList<>();

    /** The functions whose addresses are in a place. */
    private final Map<CodePointer, Set<Node>> targets = new HashMap<>();

    private final Set<Node> addressTaken = new HashSet<>();
    private final Map<Node, CodePlace> threads = new LinkedHashMap<>();
    /** For functions that threads are given with an element of an array each, the structs that are the elements. */
    private final Map<Node, Set<String>> elements = new HashMap<>();
    /** Where the arguments of threads are that are constants. */
    private final Map<ThreadArgument, Set<Long>> argumentOffsets = new HashMap<>();

    private final Set<Node> locked = new HashSet<>();
    private final Map<String, Set<Node>> users = new HashMap<>();
    private final Map<String, Set<String>> containers = new HashMap<>();
    private final Map<Node, Set<String>> runners = new HashMap<>();
    private final Map<Node, Set<Node>> callers = new HashMap<>();
    private final Set<String> ofThreads = new HashSet<>();
    private final Set<String> arrays = new HashSet<>();
    private final Coverage coverage = new Coverage();
    private final List<String> unread = new ArrayList<>();

    /** A struct that a thread is given, in what is computed from one address of a function. */
    private record ThreadArgument(Node creator, Node body, AddressRoot root, String struct) {}

    /** Connects modules; of two functions with one name, the first counts. */
    public ProgramCode(List<ModuleCode> modules) {
        for (int i = 0; i < modules.size(); i++) {
            ModuleCode module = modules.get(i);
            coverage.add(module.coverage());
            unread.addAll(module.unread());
            ofThreads.addAll(module.ofThreads());
            arrays.addAll(module.arrayNames());
            module.containers()
                    .forEach((inner, outer) -> containers
                            .computeIfAbsent(inner, any -> new HashSet<>())
                            .addAll(outer));
            Map<String, Node> own = new LinkedHashMap<>();
            internal.add(own);
            for (FunctionCode code : module.functions()) {
                if (code.isInternal()) {
                    own.put(code.linkName(), new Node(code));
                } else {
                    external.computeIfAbsent(code.linkName(), any -> new Node(code));
                }
            }
        }
        connectAll(modules);
        for (Node node : nodes()) {
            if (KnownFunctions.isThreadBody(node.code().linkName())) {
                threads.putIfAbsent(node, node.code().place());
            }
        }
        findLocked();
        findRunners();
    }

    private void connectAll(List<ModuleCode> modules) {
        for (int i = 0; i < modules.size(); i++) {
            ModuleCode module = modules.get(i);
            for (String name : module.addressTaken()) {
                take(i, name);
            }
            keep(i, module.pointers());
            for (FunctionCode code : module.functions()) {
                keep(i, code.pointers());
            }
        }
        for (int i = 0; i < modules.size(); i++) {
            for (FunctionCode code : modules.get(i).functions()) {
                Node node = find(i, code.linkName());
                if (node.code() == code) {
                    connect(node, i);
                }
            }
        }
        for (int i = 0; i < modules.size(); i++) {
            for (FunctionCode code : modules.get(i).functions()) {
                startThreads(find(i, code.linkName()), i);
            }
        }
    }

    /** Notes where the addresses of functions are. */
    private void keep(int module, Map<CodePointer, Set<String>> pointers) {
        pointers.forEach((place, names) -> {
            for (String name : names) {
                Node node = find(module, name);
                if (node != null) {
                    targets.computeIfAbsent(known(module, place), any -> new LinkedHashSet<>())
                            .add(node);
                }
            }
        });
    }

    /** {@return a place by a name that no other module has for another one} */
    private static CodePointer known(int module, CodePointer place) {
        return place.isVariable() ? new CodePointer(place.owner(), module) : place;
    }

    /** Finds functions that are given to one which gives its parameter to a thread. */
    private void startThreads(Node node, int module) {
        for (int i = 0; i < node.callees.length; i++) {
            FunctionCall call = node.code().calls().get(i);
            for (Node callee : node.callees[i]) {
                for (int parameter : callee.code().starters()) {
                    Node body = parameter < call.arguments().size()
                            ? find(module, call.arguments().get(parameter).function())
                            : null;
                    if (body != null) {
                        threads.putIfAbsent(body, call.place());
                    }
                }
            }
        }
    }

    /** {@return the functions that were read which a call may call} */
    private Node[] callees(FunctionCall call, int module) {
        if (call.through() == null) {
            Node callee = find(module, call.callee());
            return callee == null ? Node.NONE : new Node[] {callee};
        }
        Set<Node> found = targets.getOrDefault(known(module, call.through()), Set.of());
        return found.size() == 1 ? found.toArray(Node[]::new) : Node.NONE; // of several, it is not known which
    }

    private void take(int module, String name) {
        Node node = find(module, name);
        if (node != null) {
            addressTaken.add(node);
        }
    }

    private void connect(Node node, int module) {
        FunctionCode code = node.code();
        code.taken().forEach(name -> take(module, name));
        code.threads().forEach((name, place) -> {
            Node body = find(module, name);
            if (body != null) {
                threads.putIfAbsent(body, place);
            }
        });
        Set<String> structs = new HashSet<>();
        for (StructTouch touch : code.touches()) {
            touch.places().forEach(place -> structs.add(place.struct()));
        }
        node.callees = new Node[code.calls().size()][];
        for (int i = 0; i < node.callees.length; i++) {
            FunctionCall call = code.calls().get(i);
            if (KnownFunctions.createsThread(call.callee())) {
                findElements(node, call, module);
            }
            node.callees[i] = callees(call, module);
            for (Node callee : node.callees[i]) {
                callers.computeIfAbsent(callee, any -> new LinkedHashSet<>()).add(node);
                for (FunctionCall.Argument argument : call.arguments()) {
                    argument.places().forEach(place -> structs.add(place.struct()));
                }
            }
        }
        node.structs = Set.copyOf(structs);
        structs.forEach(struct ->
                users.computeIfAbsent(struct, any -> new LinkedHashSet<>()).add(node));
    }

    /** Each thread has an element for itself where a loop creates them, or threads are given neighbours by constants. */
    private void findElements(Node creator, FunctionCall call, int module) {
        for (FunctionCall.Argument function : call.arguments()) {
            Node body = function.function().isEmpty() ? null : find(module, function.function());
            if (body == null) {
                continue;
            }
            for (FunctionCall.Argument given : call.arguments()) {
                for (StructPlace place : given.places()) {
                    long bytes = place.byteSize();
                    boolean isElement = bytes > 0 && place.byteOffset() == 0;
                    if (isElement && given.origin().byteStride() > 0) {
                        if (given.origin().byteStride() % bytes == 0) {
                            elements.computeIfAbsent(body, any -> new HashSet<>())
                                    .add(place.struct());
                        }
                    } else if (isElement && given.rootOffset() >= 0) {
                        Set<Long> offsets = argumentOffsets.computeIfAbsent(
                                new ThreadArgument(creator, body, given.root(), place.struct()),
                                any -> new HashSet<>());
                        offsets.add(given.rootOffset());
                        if (offsets.contains(given.rootOffset() - bytes)
                                || offsets.contains(given.rootOffset() + bytes)) {
                            elements.computeIfAbsent(body, any -> new HashSet<>())
                                    .add(place.struct());
                        }
                    }
                }
            }
        }
    }

    /** {@return whether threads run a function with an element of an array of such structs each} */
    boolean isGivenElement(Node body, String struct) {
        return elements.getOrDefault(body, Set.of()).contains(struct);
    }

    /** {@return the functions that were read} */
    List<Node> nodes() {
        List<Node> all = new ArrayList<>(external.values());
        internal.forEach(own -> all.addAll(own.values()));
        return all;
    }

    /** {@return the function that a name means in a module; null when it was not read} */
    Node find(int module, String name) {
        Node own = internal.get(module).get(name);
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

    /** {@return whether each thread has a variable that is such a struct} */
    boolean isOfThreads(String struct) {
        return ofThreads.contains(struct);
    }

    /** {@return whether others may call a function that were not read, or by its address} */
    boolean isEntry(Node node) {
        return !node.code().isInternal() || addressTaken.contains(node) || !callers.containsKey(node);
    }

    /** {@return whether a function is called in the files that were read, and a lock is held in each call} */
    boolean isLocked(Node node) {
        return locked.contains(node);
    }

    /**
     * Starts with all functions that are called and no thread's, and leaves out those with a call without a lock, or
     * none with one. Calls without a lock where something is set up or torn down do not count, since nothing else runs
     * then.
     */
    private void findLocked() {
        locked.addAll(callers.keySet());
        locked.removeAll(threads.keySet());
        Set<Node> rare = new HashSet<>(nodes());
        rare.removeIf(node -> threads.containsKey(node)
                || !FunctionAccessBuilder.isSetUp(node.code().name()));
        boolean isChanged = true;
        while (isChanged) {
            Set<Node> free = new HashSet<>();
            Set<Node> held = new HashSet<>();
            for (Node caller : nodes()) {
                for (int i = 0; i < caller.callees.length; i++) {
                    if (caller.code().calls().get(i).locked() || locked.contains(caller)) {
                        held.addAll(List.of(caller.callees[i]));
                    } else if (!rare.contains(caller)) {
                        free.addAll(List.of(caller.callees[i]));
                    }
                }
            }
            isChanged = locked.retainAll(held) | locked.removeAll(free);
        }
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
    private static Set<Node> reached(Node from) {
        Set<Node> found = new LinkedHashSet<>();
        Deque<Node> left = new ArrayDeque<>();
        left.add(from);
        found.add(from);
        while (!left.isEmpty() && found.size() < MOST_REACHED) {
            for (Node[] callees : left.remove().callees) {
                for (Node callee : callees) {
                    if (found.add(callee)) {
                        left.add(callee);
                    }
                }
            }
        }
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

    /** {@return whether a name is that of a global variable that is an array of numbers, which is shown as a struct} */
    public boolean isArray(String name) {
        return arrays.contains(name);
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
