package dev.faultline.source.llvm.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.operation.FunctionAccessBuilder;
import dev.faultline.access.code.operation.FunctionAccessBuilder.FunctionUse;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.llvm.code.FunctionCall.Argument;
import dev.faultline.source.llvm.code.ProgramCode.Node;
import dev.faultline.source.llvm.debug.StructPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the functions of a program do to one struct. */
public final class StructCode {

    private static final int MOST_CALLS = 500;
    private static final int DEEPEST = 24;
    private static final int MOST_EFFECTS = 20_000;
    private static final int[] NONE = {};
    /** A thread of C has one parameter, one of C++ as many as it likes. */
    private static final Set<Integer> ALL_PARAMETERS =
            IntStream.range(0, 16).boxed().collect(Collectors.toUnmodifiableSet());

    /** The element of the thread that runs, as {@link FieldEffect} names it. */
    private static final String OWN = "own";

    private final ProgramCode program;
    private final StructLayout layout;
    private final FieldMap fields;
    private final Map<String, Long> embedded;
    /** Its name and those of embedded structs. */
    private final Set<String> names = new HashSet<>();

    private final Set<Node> users = new LinkedHashSet<>();
    /** For functions, which of their accesses may be to the struct. */
    private final Map<Node, int[]> touchesOf = new HashMap<>();

    /** The functions that lead to these. */
    private final Set<Node> leading = new HashSet<>();

    private StructCode(ProgramCode program, StructLayout layout) {
        this.program = program;
        this.layout = layout;
        this.fields = new FieldMap(layout);
        this.embedded = fields.embedded(program);
        names.add(layout.name());
        names.addAll(embedded.keySet());
        names.forEach(name -> users.addAll(program.users(name)));
    }

    /**
     * Finds what code does to a struct.
     *
     * @param program the code
     * @param layout the struct
     * @return its operations with their roles
     */
    public static CodeAccess of(ProgramCode program, StructLayout layout) {
        return new StructCode(program, layout).access();
    }

    /** {@return a layout that says when it stands for a variable that is an array of numbers} */
    public static StructLayout named(ProgramCode program, StructLayout layout) {
        if (!program.isArray(layout.name())) {
            return layout;
        }
        Provenance origin = layout.provenance();
        String detail = "the global variable " + layout.name() + ", as a struct around it";
        return StructLayout.of(
                layout.name(),
                layout.kind(),
                layout.byteSize(),
                layout.byteAlignment(),
                layout.members(),
                new Provenance(origin.origin(), origin.source(), detail, origin.line()));
    }

    private CodeAccess access() {
        List<FunctionUse> uses = new ArrayList<>();
        Set<Node> roots = new LinkedHashSet<>();
        for (Node node : users) {
            if (program.isEntry(node)) {
                roots.add(node);
            }
        }
        if (!users.isEmpty()) {
            leading.addAll(program.callersOf(users));
            program.threads().stream().filter(leading::contains).forEach(roots::add);
        }
        for (Node root : roots) {
            Closure closure = new Closure(
                    program.threadPlace(root) != null,
                    program.isGivenElement(root, layout.name()),
                    program.isLocked(root));
            Set<Integer> own = program.threadPlace(root) == null ? Set.of() : ALL_PARAMETERS;
            closure.follow(root, new Way(Map.of(), true, false, false, own, null, 0));
            if (!closure.effects.isEmpty()) {
                uses.add(use(root, closure));
            }
        }
        List<String> notes = List.of("code outside of the files that were read");
        return isOfThreads()
                ? FunctionAccessBuilder.unshared(layout.name(), uses, notes)
                : FunctionAccessBuilder.of(layout.name(), uses, fields.pointers(), notes);
    }

    /** {@return whether each thread has a variable that is such a struct, or what is alone in it} */
    private boolean isOfThreads() {
        return program.isOfThreads(layout.name())
                || layout.members().stream()
                        .anyMatch(member -> member.type() instanceof FieldType.Aggregate inner
                                && inner.byteSize() == layout.byteSize()
                                && program.isOfThreads(inner.layout().name()));
    }

    private FunctionUse use(Node root, Closure closure) {
        FunctionCode code = root.code();
        CodePlace thread = program.threadPlace(root);
        String reason = thread == null ? "" : "a thread runs it (" + thread.words() + ")";
        return new FunctionUse(
                code.name(), closure.isOwn, reason, closure.effects, program.runners(root), closure.callees);
    }

    /** {@return the numbers of the accesses of a function that may be to the struct} */
    private int[] touches(Node node) {
        List<StructTouch> all = node.code().touches();
        return IntStream.range(0, all.size())
                .filter(i -> mayBeThis(all.get(i).places(), all.get(i).root()))
                .toArray();
    }

    private boolean mayBeThis(List<StructPlace> places, AddressRoot root) {
        if (root.kind() == AddressRoot.Kind.PARAMETER) {
            return true;
        }
        for (StructPlace place : places) {
            if (names.contains(place.struct())) {
                return true;
            }
        }
        return false;
    }

    /** {@return the offset in the struct that an address has; empty when it leads to something else} */
    private OptionalLong offset(List<StructPlace> places, AddressRoot root, long rootOffset, Map<Integer, Long> bound) {
        for (StructPlace place : places) {
            if (isThis(place)) {
                return OptionalLong.of(place.byteOffset());
            }
        }
        OptionalLong given = given(root, rootOffset, bound);
        return given.isPresent() ? given : embeddedOffset(places);
    }

    private boolean isThis(StructPlace place) {
        return place.byteSize() == layout.byteSize() && place.struct().equals(layout.name());
    }

    private OptionalLong embeddedOffset(List<StructPlace> places) {
        if (places.isEmpty() || !embedded.containsKey(places.get(0).struct())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                embedded.get(places.get(0).struct()) + places.get(0).byteOffset());
    }

    private static OptionalLong given(AddressRoot root, long rootOffset, Map<Integer, Long> bound) {
        if (bound.isEmpty()) {
            return OptionalLong.empty();
        }
        boolean isGiven =
                root.kind() == AddressRoot.Kind.PARAMETER && rootOffset >= 0 && bound.containsKey(root.index());
        return isGiven ? OptionalLong.of(bound.get(root.index()) + rootOffset) : OptionalLong.empty();
    }

    /**
     * How a function is reached.
     *
     * @param bound for its parameters that are given the struct, where in it they point
     * @param isDirect whether they are given what the first function was given or names, not what was found in memory
     * @param inLoop whether that is in a loop
     * @param locked whether that is under a lock
     * @param own its parameters that differ from thread to thread
     * @param from the call outside of libraries; null for the function itself
     * @param depth how many calls lead there
     */
    private record Way(
            Map<Integer, Long> bound,
            boolean isDirect,
            boolean inLoop,
            boolean locked,
            Set<Integer> own,
            CodePlace from,
            int depth) {

        Way into(FunctionCall call, Map<Integer, Long> given) {
            CodePlace place = call.inLibrary() && from != null ? from : call.place();
            boolean isHandedOn = true;
            for (int parameter : given.keySet()) {
                AddressRoot.Kind kind = call.arguments().get(parameter).root().kind();
                isHandedOn &= kind == AddressRoot.Kind.PARAMETER || kind == AddressRoot.Kind.GLOBAL;
            }
            return new Way(
                    given,
                    !given.isEmpty() && isDirect && (depth == 0 || isHandedOn),
                    inLoop || call.inLoop(),
                    locked || call.locked(),
                    own(call),
                    place,
                    depth + 1);
        }

        private Set<Integer> own(FunctionCall call) {
            Set<Integer> given = Set.of();
            for (int i = 0; i < call.arguments().size(); i++) {
                if (ThreadIndex.isOwn(call.arguments().get(i).origin(), own)) {
                    given = given.isEmpty() ? new HashSet<>() : given;
                    given.add(i);
                }
            }
            return given;
        }
    }

    /** An access of a function to the struct, by its number, as one of the ways there makes it. */
    private record Touched(
            Node node, int number, long byteOffset, boolean inLoop, boolean locked, boolean isOwn, CodePlace from) {}

    /** A function in one of the ways in which it is reached. */
    private record Visit(Node node, Map<Integer, Long> bound, boolean inLoop, boolean locked, Set<Integer> own) {}

    /** A function with everything that the functions do which it gives the struct to. */
    private final class Closure {

        private final boolean isThread;
        private final boolean isGivenElement;
        private final boolean isGuarded;
        private final List<Reached> effects = new ArrayList<>();
        private final Set<Visit> seen = new HashSet<>();
        private final Set<Touched> known = new HashSet<>();
        private final Set<String> callees = new HashSet<>();
        private boolean isOwn;

        /**
         * Starts with a function.
         *
         * @param isThread whether a thread is given it
         * @param isGivenElement whether each thread is given it with an element of an array of these structs
         * @param isGuarded whether its callers hold a lock, which atomic updates do not rely on
         */
        Closure(boolean isThread, boolean isGivenElement, boolean isGuarded) {
            this.isThread = isThread;
            this.isGivenElement = isGivenElement;
            this.isGuarded = isGuarded;
        }

        void follow(Node node, Way way) {
            if (way.depth() > DEEPEST || seen.size() >= MOST_CALLS || effects.size() > MOST_EFFECTS) {
                return;
            }
            boolean isUser = !way.bound().isEmpty() || node.uses(names);
            if (!isUser && !isThread
                    || !seen.add(new Visit(node, way.bound(), way.inLoop(), way.locked(), way.own()))) {
                return;
            }
            int[] touches = isUser ? touchesOf.computeIfAbsent(node, StructCode.this::touches) : NONE;
            int next = 0;
            Node[][] callees = node.callees();
            for (int i = 0; i < callees.length; i++) {
                if (callees[i].length > 0) {
                    FunctionCall call = node.code().calls().get(i);
                    for (; next < touches.length && touches[next] < call.touches(); next++) {
                        touch(touches[next], way, node);
                    }
                    call(call, callees[i], way, isUser);
                }
            }
            for (; next < touches.length; next++) {
                touch(touches[next], way, node);
            }
        }

        private void call(FunctionCall call, Node[] callees, Way way, boolean isUser) {
            Map<Integer, Long> given = isUser ? given(call, way.bound()) : Map.of();
            for (Node callee : callees) {
                if (!given.isEmpty()) {
                    this.callees.add(callee.code().name());
                    follow(callee, way.into(call, given));
                } else if (isThread && leading.contains(callee)) {
                    follow(callee, way.into(call, given));
                }
            }
        }

        private void touch(int number, Way way, Node node) {
            StructTouch touch = node.code().touches().get(number);
            if (touch.root().isUnshared()) {
                return;
            }
            boolean isFarOff = isThread && way.depth() > 0 && !way.isDirect();
            if (isFarOff && !isShared(touch)) {
                return; // of an object that the thread may have for itself
            }
            OptionalLong offset = offset(touch.places(), touch.root(), touch.rootOffset(), way.bound());
            if (offset.isEmpty()) {
                return;
            }
            isOwn |= way.depth() == 0 && touch.root().kind() == AddressRoot.Kind.PARAMETER;
            boolean inLoop = touch.inLoop() || way.inLoop();
            boolean isGuarded = this.isGuarded
                    && !touch.kind().isAtomicUpdate()
                    && !touch.order().isForThreads();
            boolean locked = isGuarded || touch.locked() || way.locked();
            boolean isOwnElement = ThreadIndex.isOwn(touch.index(), way.own()) || isOfGivenElement(touch, way);
            CodePlace from = touch.inLibrary() ? way.from() : null;
            if (!known.add(new Touched(node, number, offset.getAsLong(), inLoop, locked, isOwnElement, from))) {
                return; // by another way that makes no difference
            }
            boolean isOfThese = layout.byteSize() > 0
                    && touch.index().byteStride() % layout.byteSize() == 0
                    && !touch.places().isEmpty()
                    && isThis(touch.places().get(0));
            String element = isOwnElement && isOfThese ? OWN : "";
            for (String path : paths(touch, offset.getAsLong(), isOwnElement && element.isEmpty())) {
                FieldEffect here = effect(path, touch, element).within(inLoop, false, locked);
                effects.add(new Reached(path, from != null ? here.at(from) : here));
            }
        }

        private boolean isOfGivenElement(StructTouch touch, Way way) {
            return isGivenElement
                    && touch.root().kind() == AddressRoot.Kind.PARAMETER
                    && touch.index().source() == ElementIndex.Source.NONE
                    && (way.depth() == 0
                            || way.isDirect()
                                    && way.bound().containsKey(touch.root().index()));
        }

        /** {@return whether the object or the access itself shows that others may use the object at the same time} */
        private boolean isShared(StructTouch touch) {
            return touch.root().kind() == AddressRoot.Kind.GLOBAL
                    || touch.order().isForThreads()
                    || touch.kind().isAtomicUpdate();
        }

        private List<String> paths(StructTouch touch, long byteOffset, boolean isOwnElement) {
            boolean isStripe = touch.index().source() == ElementIndex.Source.STRIPE;
            List<String> own = isOwnElement || isStripe
                    ? fields.element(byteOffset, touch.index().byteStride(), isOwnElement ? "[own]" : "[any]")
                    : List.of();
            return own.isEmpty() ? fields.paths(byteOffset, touch) : own;
        }

        private FieldEffect effect(String path, StructTouch touch, String element) {
            CodeReceiver receiver = switch (touch.root().kind()) {
                case PARAMETER -> CodeReceiver.SELF;
                case GLOBAL -> CodeReceiver.NONE;
                default -> CodeReceiver.OTHER;
            };
            return new FieldEffect(
                    new CodeField(layout.name(), path),
                    touch.kind(),
                    touch.order(),
                    receiver,
                    FieldEffect.Reach.FIELD,
                    element,
                    touch.inLoop(),
                    touch.polled() && touch.kind() == AccessKind.READ,
                    false,
                    touch.locked(),
                    touch.stored(),
                    touch.isConditional(),
                    touch.place());
        }

        /** {@return for the parameters that are given the struct, where in it they point} */
        private Map<Integer, Long> given(FunctionCall call, Map<Integer, Long> bound) {
            Map<Integer, Long> given = Map.of();
            for (int i = 0; i < call.arguments().size(); i++) {
                Argument argument = call.arguments().get(i);
                if (argument.root().isUnshared()) {
                    continue;
                }
                OptionalLong offset = offset(argument.places(), argument.root(), argument.rootOffset(), bound);
                if (offset.isPresent()) {
                    given = given.isEmpty() ? new HashMap<>() : given;
                    given.put(i, offset.getAsLong());
                }
            }
            return given;
        }
    }
}
