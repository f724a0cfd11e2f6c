package dev.faultline.access.hooks;

import dev.faultline.access.hooks.HookRun.Counter;
import dev.faultline.access.hooks.HookRun.HookThread;
import dev.faultline.access.hooks.HookRun.MappedFile;
import dev.faultline.access.hooks.HookRun.Site;
import dev.faultline.access.hooks.HookedProgram.Variable;
import dev.faultline.access.hooks.TouchedPlace.Field;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the type and the fields of what was counted. */
final class PlaceFinder {

    private static final int LINE_BYTES = 64;
    private static final long MOST_PLACES = 4096;

    private final HookRun run;
    private final HookedProgram program;
    private final BlockTypes types;
    private final CallStacks stacks;

    PlaceFinder(HookRun run, HookedProgram program, BlockTypes types, CallStacks stacks) {
        this.run = run;
        this.program = program;
        this.types = types;
        this.stacks = stacks;
    }

    /** {@return what a counter counted accesses of} */
    TouchedPlace place(Counter one) {
        if (one.site().isPresent() && one.site().get() < run.sites().size()) {
            return inBlock(one, one.site().get());
        }
        if (one.place().isEmpty()) {
            return TouchedPlace.untyped("memory with too many places", 0, "");
        }
        long address = one.place().get();
        return program.variableAt(address)
                .map(variable -> inVariable(variable, address - variable.byteAddress(), one.byteSize()))
                .orElseGet(() -> elsewhere(address));
    }

    private TouchedPlace inBlock(Counter one, int number) {
        Site site = run.sites().get(number);
        Optional<StructLayout> type = types.type(number);
        if (one.place().isEmpty()) {
            String name = type.map(StructLayout::name).orElseGet(() -> types.words(number));
            return TouchedPlace.untyped("unknown field of " + name, 0, "");
        }
        long offset = one.place().get();
        boolean isUnknown = one.block() == Counter.OTHERS_SHARED || one.block() == Counter.OTHERS && site.isShared();
        String block = isUnknown ? "" : number + "#" + (one.isOfOthers() ? "others of " + one.thread() : one.block());
        if (type.isEmpty()) {
            long near = offset < MOST_PLACES ? offset : offset & -LINE_BYTES;
            return TouchedPlace.untyped(types.words(number), near, block);
        }
        long size = type.get().byteSize();
        return new TouchedPlace(
                type.get().name(),
                fields(type.get(), offset % size, one.byteSize()),
                block.isEmpty() ? "" : block + "[" + offset / size + "]",
                true,
                Optional.empty(),
                0);
    }

    private static List<Field> fields(StructLayout layout, long offset, long byteSize) {
        List<Field> found = new ArrayList<>();
        for (StructFields.Touched one : StructFields.of(layout, offset, byteSize)) {
            found.add(new Field(one.path(), one.byteOffset(), one.elements()));
        }
        return found.isEmpty() ? List.of(new Field("", offset)) : found;
    }

    /** {@return a field of a variable: of a struct, or of its section} */
    private TouchedPlace inVariable(Variable variable, long offset, long byteSize) {
        FieldType inner = variable.type().innermost();
        long elementBytes = Math.max(1, inner.byteSize());
        boolean isArray = variable.type() instanceof FieldType.Array array && array.count() > 1;
        long element = isArray ? offset / elementBytes : 0;
        Optional<Variable> ofArray = isArray ? Optional.of(variable) : Optional.empty();
        if (inner instanceof FieldType.Aggregate struct
                && struct.byteSize() > 0
                && !struct.layout().name().isEmpty()) {
            return new TouchedPlace(
                    struct.layout().name(),
                    fields(struct.layout(), offset % elementBytes, byteSize),
                    variable.name() + "[" + element + "]",
                    true,
                    ofArray,
                    element);
        }
        long inSection = variable.byteAddress() - variable.sectionAddress() + offset;
        String path = isArray || !variable.isOnly() || inner instanceof FieldType.Aggregate ? "" : variable.name();
        return new TouchedPlace(
                variable.section(), List.of(new Field(path, inSection)), variable.section(), true, ofArray, element);
    }

    private TouchedPlace elsewhere(long address) {
        for (int i = 0; i < run.threads().size(); i++) {
            HookThread one = run.threads().get(i);
            if (Long.compareUnsigned(address, one.stackLow()) >= 0
                    && Long.compareUnsigned(address, one.stackHigh()) < 0) {
                return TouchedPlace.untyped("stack of " + stacks.role(i), one.stackHigh() - address, "");
            }
        }
        Optional<MappedFile> file =
                run.maps().stream().filter(map -> map.has(address)).findFirst();
        return file.map(map -> TouchedPlace.untyped(
                        "data of " + BlockTypes.shortName(map.path()),
                        address - map.start() + map.fileOffset(),
                        map.path()))
                .orElseGet(() -> TouchedPlace.untyped(
                        "memory at 0x" + Long.toHexString(address & -LINE_BYTES), address & LINE_BYTES - 1, ""));
    }
}
