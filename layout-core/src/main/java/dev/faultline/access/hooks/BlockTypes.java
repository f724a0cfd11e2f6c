package dev.faultline.access.hooks;

import dev.faultline.access.hooks.HookRun.Counter;
import dev.faultline.access.hooks.HookRun.Site;
import dev.faultline.access.hooks.HookedProgram.Frame;
import dev.faultline.access.hooks.HookedProgram.Pointer;
import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The types of allocated blocks: what the result of the allocation is used as. A type fits when the block is one or
 * several of it and each access is of its fields; by the last three only one of it fits, or several when {@code calloc}
 * was told their size. Of the types that fit, the first of these that tells one:
 *
 * <ol>
 *   <li>a pointer that is declared on the line of the allocation, in the function that allocates or its callers;
 *   <li>the result of that function, as of {@code ring_new} and of C++'s allocators;
 *   <li>the only such pointer among the variables of the function that allocates;
 *   <li>the only one among the functions that use the block;
 *   <li>the only one among the fields of these, and global variables.
 * </ol>
 */
final class BlockTypes {

    private static final int MOST_CALLERS = 8;

    private final HookRun run;
    private final HookedProgram program;
    private final CallStacks stacks;
    private final List<StatedBlock> stated;
    private final Map<Integer, Set<Use>> uses = new HashMap<>();
    private final Map<Group, Optional<StructLayout>> types = new HashMap<>();
    private final Map<Group, Set<Use>> usesOfGroup = new HashMap<>();
    private final Map<String, Optional<StructLayout>> pointees = new HashMap<>();

    /** An access of a block. */
    private record Use(int thread, int node, long pc, long byteOffset, long byteSize) {}

    /** Allocations at one place, of one size. */
    private record Group(List<Frame> frames, long byteSize, long elementBytes) {}

    /**
     * A type that a person states.
     *
     * @param type the type
     * @param place a function, or {@code FILE:LINE}, that allocates it or calls what does
     */
    record StatedBlock(String type, String place) {
        boolean isAt(Frame frame) {
            return frame.function().equals(place) || (shortName(frame.file()) + ":" + frame.line()).equals(place);
        }
    }

    BlockTypes(HookRun run, HookedProgram program, CallStacks stacks, List<StatedBlock> stated) {
        this.run = run;
        this.program = program;
        this.stacks = stacks;
        this.stated = List.copyOf(stated);
        for (StatedBlock one : stated) {
            if (program.struct(one.type()).isEmpty()) {
                throw new InputException(
                        "--as", "", one.type() + "@" + one.place() + ": the program describes no type " + one.type());
            }
        }
        for (Counter one : run.counters()) {
            if (one.site().isPresent() && one.place().isPresent()) {
                Use use =
                        new Use(one.thread(), one.node(), one.pc(), one.place().get(), one.byteSize());
                uses.computeIfAbsent(one.site().get(), any -> new HashSet<>()).add(use);
            }
        }
        for (int i = 0; i < run.sites().size(); i++) {
            usesOfGroup.computeIfAbsent(group(i), any -> new HashSet<>()).addAll(uses.getOrDefault(i, Set.of()));
        }
    }

    private Group group(int number) {
        Site site = run.sites().get(number);
        return new Group(stacks.stack(site.thread(), site.node(), site.call()), site.byteSize(), site.elementBytes());
    }

    /** {@return the type of the blocks of a site; empty when that cannot be told} */
    Optional<StructLayout> type(int site) {
        return types.computeIfAbsent(group(site), this::found);
    }

    /** {@return where the blocks of a site are allocated, in words: {@code "block make_node:12"}} */
    String words(int site) {
        Frame frame = allocator(group(site).frames());
        return "block " + frame.function() + (frame.line() > 0 ? ":" + frame.line() : "");
    }

    private static Frame allocator(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> !frame.isOfLibrary())
                .findFirst()
                .or(() -> frames.stream().findFirst())
                .orElse(new Frame("of unknown code", "", 0, List.of()));
    }

    static String shortName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private Optional<StructLayout> found(Group group) {
        for (StatedBlock one : stated) {
            if (group.frames().stream().anyMatch(one::isAt)) {
                return program.struct(one.type()).filter(type -> hasSize(group, type));
            }
        }
        List<Frame> near = group.frames().stream().limit(MOST_CALLERS).toList();
        for (Frame frame : near) {
            List<Pointer> declared = frame.pointers().stream()
                    .filter(one -> one.line() > 0 && one.line() == frame.line())
                    .toList();
            Optional<StructLayout> type = only(group, declared);
            if (type.isPresent()) {
                return type;
            }
            if (declared.stream().anyMatch(one -> isOfNumbers(one.type()))) {
                return Optional.empty();
            }
            type = only(
                    group,
                    frame.pointers().stream().filter(one -> one.line() == 0).toList());
            if (type.isPresent()) {
                return type;
            }
        }
        return byUse(group, near);
    }

    /** {@return whether it points to numbers or characters, so that the block is no struct} */
    private boolean isOfNumbers(String type) {
        String target = target(type);
        return !target.isEmpty()
                && !target.equals("void")
                && program.struct(target).isEmpty();
    }

    private Optional<StructLayout> byUse(Group group, List<Frame> near) {
        Set<StructLayout> ofVariables = new LinkedHashSet<>();
        for (Frame frame : near) {
            ofVariables.addAll(fitting(group, frame.pointers(), false));
            if (!ofVariables.isEmpty()) {
                break;
            }
        }
        if (ofVariables.size() == 1) {
            return ofVariables.stream().findFirst();
        }
        Optional<StructLayout> used = ofUsers(group, ofVariables);
        boolean isOfLibrary = !near.isEmpty() && near.get(0).isOfLibrary(); // which keeps what is its own
        if (used.isPresent() || ofVariables.size() > 1 || isOfLibrary) {
            return used;
        }
        Set<StructLayout> ofFields = new LinkedHashSet<>();
        near.forEach(frame -> frame.pointers()
                .forEach(variable -> ofFields.addAll(fitting(group, fieldsOf(variable.type()), false))));
        for (String type : program.globalTypes()) {
            ofFields.addAll(fitting(group, List.of(new Pointer(type, 0)), false));
            ofFields.addAll(fitting(group, fieldsOf(type), false));
        }
        return ofFields.size() == 1 ? ofFields.stream().findFirst() : Optional.empty();
    }

    /** {@return the type that all functions know which use the block and know one that fits} */
    private Optional<StructLayout> ofUsers(Group group, Set<StructLayout> among) {
        Map<Long, Set<StructLayout>> byCode = new LinkedHashMap<>();
        for (Use use : usesOfGroup.get(group)) {
            if (!byCode.containsKey(use.pc())) {
                Set<StructLayout> known = new LinkedHashSet<>();
                for (Frame frame : program.codeAt(use.pc() - 1)) {
                    known.addAll(fitting(group, frame.pointers(), false));
                }
                known.removeIf(type -> !among.isEmpty() && !among.contains(type));
                byCode.put(use.pc(), known);
            }
        }
        byCode.values().removeIf(Set::isEmpty);
        Optional<Set<StructLayout>> all = byCode.values().stream().reduce((one, other) -> {
            Set<StructLayout> both = new LinkedHashSet<>(one);
            both.retainAll(other);
            return both;
        });
        return all.filter(types -> types.size() == 1)
                .flatMap(types -> types.stream().findFirst());
    }

    private List<Pointer> fieldsOf(String pointer) {
        List<Pointer> fields = new ArrayList<>();
        pointee(pointer)
                .or(() -> program.struct(pointer))
                .ifPresent(layout -> layout.fields().stream()
                        .map(Slot.Field::type)
                        .filter(type -> type instanceof FieldType.Scalar)
                        .forEach(type -> fields.add(new Pointer(type.spelling(), 0))));
        return fields;
    }

    private Optional<StructLayout> only(Group group, List<Pointer> pointers) {
        Set<StructLayout> fitting = fitting(group, pointers);
        return fitting.size() == 1 ? fitting.stream().findFirst() : Optional.empty();
    }

    /** {@return the types that fit, of pointers to which the allocation itself assigns, so that arrays fit too} */
    private Set<StructLayout> fitting(Group group, List<Pointer> pointers) {
        return fitting(group, pointers, true);
    }

    private Set<StructLayout> fitting(Group group, List<Pointer> pointers, boolean isStated) {
        Set<StructLayout> all = pointers.stream()
                .flatMap(one -> pointee(one.type()).stream())
                .filter(type -> isStated || !isOfLibrary(type))
                .filter(type -> isStated || group.elementBytes() > 0 || type.byteSize() == group.byteSize())
                .filter(type -> fits(group, type))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean hasWhole = all.stream().anyMatch(type -> type.byteSize() == group.byteSize());
        if (hasWhole) { // one of it is more likely than several of a smaller one
            all.removeIf(type -> type.byteSize() != group.byteSize());
        }
        return all;
    }

    /** {@return whether it is a part of C++'s library, as std::atomic, whose code has pointers to it} */
    private static boolean isOfLibrary(StructLayout type) {
        return type.name().startsWith("std::") || type.name().startsWith("__gnu_cxx::");
    }

    private static boolean hasSize(Group group, StructLayout type) {
        long size = type.byteSize();
        return size > 0
                && (group.elementBytes() > 0 ? group.elementBytes() == size : group.byteSize() % size == 0)
                && group.byteSize() > 0;
    }

    private boolean fits(Group group, StructLayout type) {
        return hasSize(group, type)
                && usesOfGroup.get(group).stream()
                        .allMatch(use -> use.byteSize() > type.byteSize()
                                || StructFields.fits(type, use.byteOffset() % type.byteSize(), use.byteSize()));
    }

    private Optional<StructLayout> pointee(String type) {
        return pointees.computeIfAbsent(target(type), name -> name.isEmpty() ? Optional.empty() : program.struct(name));
    }

    /** {@return what a pointer points to, without qualifiers; empty for another type} */
    private static String target(String pointer) {
        String type = pointer.strip();
        while (type.endsWith("const") || type.endsWith("restrict") || type.endsWith("volatile")) {
            type = type.substring(
                            0,
                            type.lastIndexOf(
                                    type.endsWith("const")
                                            ? "const"
                                            : type.endsWith("restrict") ? "restrict" : "volatile"))
                    .strip();
        }
        if (!type.endsWith("*") && !type.endsWith("&")) {
            return "";
        }
        type = type.substring(0, type.length() - 1).strip();
        for (String qualifier : List.of("const ", "volatile ", "_Atomic ")) {
            type = type.startsWith(qualifier)
                    ? type.substring(qualifier.length()).strip()
                    : type;
        }
        return type.endsWith("*") ? "" : type;
    }
}
