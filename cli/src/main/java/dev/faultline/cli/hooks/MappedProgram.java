package dev.faultline.cli.hooks;

import dev.faultline.access.hooks.HookRun;
import dev.faultline.access.hooks.HookRun.MappedFile;
import dev.faultline.access.hooks.HookedProgram;
import dev.faultline.cli.run.CliContext;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The files of a program, at the addresses where a run had them. */
final class MappedProgram implements HookedProgram {

    private final TreeMap<Long, MappedFile> maps = new TreeMap<>(Long::compareUnsigned);
    private final Map<String, MappedModule> modules = new LinkedHashMap<>();
    private final Map<String, Optional<StructLayout>> structs = new HashMap<>();
    private final Optional<MappedModule> program;

    /**
     * Reads the files of a run.
     *
     * @param run the run
     * @param from the program, where it is not at the place that the run tells
     * @param context where notes are said
     * @throws InputException when the program is not there
     */
    MappedProgram(HookRun run, Optional<Path> from, CliContext context) {
        run.maps().forEach(map -> maps.putIfAbsent(map.start(), map));
        String first = run.maps().isEmpty() ? "" : run.maps().get(0).path();
        Map<String, TreeSet<Long>> addresses = new LinkedHashMap<>();
        run.maps().forEach(map -> addresses.computeIfAbsent(map.path(), any -> new TreeSet<>()));
        addresses(run)
                .forEach(address -> mapAt(address)
                        .ifPresent(map -> addresses.get(map.path()).add(address)));
        addresses.forEach((path, wanted) -> {
            boolean isProgram = path.equals(first);
            Path file = isProgram && from.isPresent() ? from.get() : Path.of(path);
            if (Files.isRegularFile(file)) {
                read(path, file, isProgram, wanted, context);
            } else if (isProgram) {
                throw new InputException(path, "", "is not there: name the program with --from");
            }
        });
        program = Optional.ofNullable(modules.get(first));
        program.filter(module -> !module.isDescribed())
                .ifPresent(module -> context.say(first + " has no debug information: compile it with -g"));
    }

    private void read(String path, Path file, boolean isProgram, Collection<Long> wanted, CliContext context) {
        long start = maps.values().stream()
                .filter(map -> map.path().equals(path) && map.fileOffset() == 0)
                .mapToLong(MappedFile::start)
                .min()
                .orElse(0);
        long[] sorted = wanted.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        try {
            modules.put(path, new MappedModule(file, isProgram, start, sorted, context));
        } catch (InputException broken) {
            if (isProgram) {
                throw broken;
            }
        }
    }

    /** {@return every address of code that is asked for} */
    private static LongStream addresses(HookRun run) {
        return Stream.of(
                        run.counters().stream().mapToLong(one -> one.pc() - 1).toArray(),
                        run.sites().stream().mapToLong(one -> one.call() - 1).toArray(),
                        run.threads().stream()
                                .mapToLong(HookRun.HookThread::start)
                                .toArray(),
                        run.threads().stream()
                                .flatMap(one -> one.calls().values().stream())
                                .flatMapToLong(call -> LongStream.of(call.call() - 1, call.function() - 1))
                                .toArray())
                .flatMapToLong(LongStream::of)
                .distinct();
    }

    private Optional<MappedFile> mapAt(long address) {
        Map.Entry<Long, MappedFile> found = maps.floorEntry(address);
        return Optional.ofNullable(found)
                .map(Map.Entry::getValue)
                .filter(map -> Long.compareUnsigned(address, map.end()) < 0);
    }

    private Optional<MappedModule> moduleAt(long address) {
        return mapAt(address).map(map -> modules.get(map.path()));
    }

    /** {@return the build id of the program} */
    Optional<String> buildId() {
        return program.flatMap(MappedModule::buildId);
    }

    @Override
    public List<Frame> codeAt(long address) {
        return moduleAt(address).map(module -> module.codeAt(address)).orElse(List.of());
    }

    @Override
    public Optional<Variable> variableAt(long address) {
        return moduleAt(address).flatMap(module -> module.variableAt(address));
    }

    @Override
    public List<String> globalTypes() {
        return modules.values().stream()
                .flatMap(module -> module.globalTypes().stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<StructLayout> struct(String name) {
        return structs.computeIfAbsent(
                name,
                any -> modules.values().stream()
                        .flatMap(module -> module.source().stream())
                        .flatMap(source -> found(source, name).stream())
                        .findFirst());
    }

    private static Optional<StructLayout> found(LayoutSource source, String name) {
        return source.find(name) instanceof Lookup.Found found
                ? Optional.of(found.subjects().get(0).layout())
                : Optional.empty();
    }
}
