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

/** What the functions of a program do to one struct. */
public final class StructCode {

    private static final int MOST_CALLS = 500;
    private static final int DEEPEST = 24;
    private static final int MOST_EFFECTS = 20_000;

    private final ProgramCode program;
    private final StructLayout layout;
    private final FieldMap fields;
    private final Map<String, Long> embedded;
    private final Set<Node> users = new LinkedHashSet<>();

    private StructCode(ProgramCode program, StructLayout layout) {
        this.program = program;
        this.layout = layout;
        this.fields = new FieldMap(layout);
        this.embedded = fields.embedded(program);
        users.addAll(program.users(layout.name()));
        embedded.keySet().forEach(name -> users.addAll(program.users(name)));
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

    private CodeAccess access() {
        List<FunctionUse> uses = new ArrayList<>();
        Set<Node> roots = new LinkedHashSet<>();
        for (Node node : users) {
            if (program.isEntry(node)) {
                roots.add(node);
            }
        }
        for (Node thread : program.threads()) {
            if (program.reached(thread).stream().anyMatch(users::contains)) {
                roots.add(thread);
            }
        }
        for (Node root : roots) {
            Closure closure = new Closure(program.threadPlace(root) != null);
            closure.follow(root, Map.of(), false, false, 0);
            if (!closure.effects.isEmpty()) {
                uses.add(use(root, closure));
            }
        }
        List<String> notes = List.of("code outside of the files that were read");
        return FunctionAccessBuilder.of(layout.name(), uses, fields.pointers(), notes);
    }

    private FunctionUse use(Node root, Closure closure) {
        FunctionCode code = root.code();
        CodePlace thread = program.threadPlace(root);
        String reason = thread == null ? "" : "a thread runs it (" + thread.words() + ")";
        return new FunctionUse(code.name(), closure.isOwn, reason, closure.effects, program.runners(root));
    }

    /** {@return the offset in the struct that an access has; empty when it is to something else} */
    private OptionalLong offset(StructTouch touch, Map<Integer, Long> bound) {
        for (StructPlace place : touch.places()) {
            if (isThis(place)) {
                return OptionalLong.of(place.byteOffset());
            }
        }
        OptionalLong given = given(touch.root(), touch.rootOffset(), bound);
        if (given.isPresent()) {
            return given;
        }
        return embeddedOffset(touch.places());
    }

    private boolean isThis(StructPlace place) {
        return place.struct().equals(layout.name()) && place.byteSize() == layout.byteSize();
    }

    private OptionalLong embeddedOffset(List<StructPlace> places) {
        if (places.isEmpty() || !embedded.containsKey(places.get(0).struct())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                embedded.get(places.get(0).struct()) + places.get(0).byteOffset());
    }

    private static OptionalLong given(AddressRoot root, long rootOffset, Map<Integer, Long> bound) {
        boolean isGiven =
                root.kind() == AddressRoot.Kind.PARAMETER && rootOffset >= 0 && bound.containsKey(root.index());
        return isGiven ? OptionalLong.of(bound.get(root.index()) + rootOffset) : OptionalLong.empty();
    }

    /** A function with everything that the functions do which it gives the struct to. */
    private final class Closure {

        private final boolean isThread;
        private final List<Reached> effects = new ArrayList<>();
        private final Set<List<Object>> seen = new HashSet<>();
        private boolean isOwn;

        Closure(boolean isThread) {
            this.isThread = isThread;
        }

        void follow(Node node, Map<Integer, Long> bound, boolean inLoop, boolean locked, int depth) {
            if (depth > DEEPEST || seen.size() >= MOST_CALLS || effects.size() > MOST_EFFECTS) {
                return;
            }
            if (!seen.add(List.of(node, bound, inLoop, locked))) {
                return;
            }
            for (StructTouch touch : node.code().touches()) {
                touch(touch, bound, inLoop, locked, depth);
            }
            for (FunctionCall call : node.code().calls()) {
                Node callee = program.find(node.module(), call.callee());
                if (callee == null) {
                    continue;
                }
                Map<Integer, Long> given = given(call, bound);
                boolean isReached = isThread && program.reached(callee).stream().anyMatch(users::contains);
                if (!given.isEmpty() || isReached) {
                    follow(callee, given, inLoop || call.inLoop(), locked || call.locked(), depth + 1);
                }
            }
        }

        private void touch(StructTouch touch, Map<Integer, Long> bound, boolean inLoop, boolean locked, int depth) {
            if (touch.root().kind() == AddressRoot.Kind.FRESH) {
                return; // before anyone else sees it
            }
            OptionalLong offset = offset(touch, bound);
            if (offset.isEmpty()) {
                return;
            }
            isOwn |= depth == 0 && touch.root().kind() == AddressRoot.Kind.PARAMETER;
            for (String path : fields.paths(offset.getAsLong(), touch)) {
                effects.add(new Reached(path, effect(path, touch).within(inLoop, locked)));
            }
        }

        private FieldEffect effect(String path, StructTouch touch) {
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
                    "",
                    touch.inLoop(),
                    touch.polled() && touch.kind() == AccessKind.READ,
                    touch.locked(),
                    touch.stored(),
                    touch.isConditional(),
                    touch.place());
        }

        /** {@return for the parameters that are given the struct, where in it they point} */
        private Map<Integer, Long> given(FunctionCall call, Map<Integer, Long> bound) {
            Map<Integer, Long> given = new HashMap<>();
            for (int i = 0; i < call.arguments().size(); i++) {
                Argument argument = call.arguments().get(i);
                if (argument.root().kind() == AddressRoot.Kind.FRESH) {
                    continue;
                }
                OptionalLong offset = argument.places().stream()
                        .filter(StructCode.this::isThis)
                        .mapToLong(StructPlace::byteOffset)
                        .findFirst();
                if (offset.isEmpty()) {
                    offset = StructCode.given(argument.root(), argument.rootOffset(), bound);
                }
                if (offset.isEmpty()) {
                    offset = embeddedOffset(argument.places());
                }
                if (offset.isPresent()) {
                    given.put(i, offset.getAsLong());
                }
            }
            return given;
        }
    }
}
