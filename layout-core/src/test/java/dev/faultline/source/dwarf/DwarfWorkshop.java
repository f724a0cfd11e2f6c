package dev.faultline.source.dwarf;

import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeToolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes files with debug information out of one fixture by one compiler; each step has a directory of its own. */
final class DwarfWorkshop {

    private final DwarfFixture fixture;
    private final NativeToolchain toolchain;
    private final Path directory;
    private final AtomicInteger steps = new AtomicInteger();
    private final Map<String, FutureTask<Path>> made = new ConcurrentHashMap<>();

    DwarfWorkshop(DwarfFixture fixture, NativeToolchain toolchain, Path directory) {
        this.fixture = fixture;
        this.toolchain = toolchain;
        this.directory = directory;
    }

    NativeToolchain toolchain() {
        return toolchain;
    }

    /** {@return the fixture as an object file} */
    Path object(String... options) {
        return unit("types", text(), options);
    }

    /** {@return a program of three units: the fixture twice, and what is declared in it and defined elsewhere} */
    Path program(String... options) {
        return link(List.of(), options);
    }

    /** {@return the same, linked with further options} */
    Path link(List<String> linkOptions, String... options) {
        return once(
                "program " + linkOptions + String.join(" ", options),
                place -> linked(place, "program", linkOptions, options));
    }

    /** {@return the same as a file that is made in this directory} */
    Path linked(Path place, String name, List<String> linkOptions, String... options)
            throws IOException, InterruptedException {
        List<Path> units = new ArrayList<>();
        texts().forEach((unit, text) -> units.add(unit(unit, text, options)));
        return linked(place, name, linkOptions, units, options);
    }

    /** {@return the same, with units that are made in this directory, too} */
    Path linkedApart(Path place, String... options) throws IOException, InterruptedException {
        List<Path> units = new ArrayList<>();
        for (Map.Entry<String, String> unit : texts().entrySet()) {
            units.add(compile(place, unit.getKey(), unit.getValue(), options));
        }
        return linked(place, "program", List.of(), units, options);
    }

    private Path linked(Path place, String name, List<String> linkOptions, List<Path> units, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(toolchain.command());
        command.addAll(List.of(options));
        command.addAll(linkOptions);
        command.addAll(List.of("-o", name));
        units.forEach(unit -> command.add(unit.toString()));
        NativeCompiler.run(command, place);
        return place.resolve(name);
    }

    /** {@return the texts of a program's units by their names} */
    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("types", text());
        texts.put("again", again());
        texts.put("elsewhere", fixture.elsewhere() + "int main(void) { return 0; }\n");
        return texts;
    }

    /** {@return an object file of a text; its directory has only what the compiler made of this text} */
    Path unit(String name, String text, String... options) {
        return once(name + " " + String.join(" ", options), place -> compile(place, name, text, options));
    }

    /** {@return a copy of a file, in a directory of its own, which a command has changed; {@code @} is its name} */
    Path changed(Path file, String... command) {
        return step(place -> {
            Path copy = place.resolve(file.getFileName());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            run(place, copy, command);
            return copy;
        });
    }

    /** Runs a command in the directory of a file, whose name is {@code @}. */
    static void run(Path place, Path file, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add(word.replace("@", file.toString()));
        }
        NativeCompiler.run(words, place);
    }

    /** {@return the text of the fixture, which has a variable of each type} */
    String text() {
        return fixture.types().declarations() + fixture.types().variables();
    }

    /** {@return the same with other variables, to be linked with it} */
    String again() {
        return text().replaceAll("\\bvariable(\\d+)", "again$1");
    }

    Path compile(Path place, String name, String text, String... options) throws IOException, InterruptedException {
        Path source = place.resolve(name + (toolchain.isCxx() ? ".cc" : ".c"));
        Files.writeString(source, text);
        List<String> command = new ArrayList<>(toolchain.command());
        command.addAll(List.of(options));
        command.addAll(List.of("-c", "-o", name + ".o", source.getFileName().toString()));
        NativeCompiler.run(command, place);
        return place.resolve(name + ".o");
    }

    /** What makes a file in a directory. */
    interface Step {
        Path make(Path place) throws IOException, InterruptedException;
    }

    private Path once(String key, Step step) {
        FutureTask<Path> task = new FutureTask<>(() -> step(step));
        FutureTask<Path> before = made.putIfAbsent(key, task);
        try {
            if (before == null) {
                task.run();
                return task.get();
            }
            return before.get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed.getMessage(), failed);
        }
    }

    /** {@return the file that a step makes in a new directory} */
    Path step(Step step) {
        try {
            return step.make(Files.createDirectory(directory.resolve("step" + steps.incrementAndGet())));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed.getMessage(), failed);
        }
    }
}
