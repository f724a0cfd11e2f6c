package dev.faultline.compare;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.machine.Sourced;
import dev.faultline.machine.Topology;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A published change of a layout: the struct before and after, a profile, and what was measured. It is a directory of
 * {@code src/test/resources/published} with {@code before.h}, {@code after.h}, {@code profile.yaml} and {@code
 * case.properties}.
 *
 * @param name the name of its directory
 * @param before the struct before the change, with profile and placement
 * @param after the struct after the change, with profile and placement
 * @param machine the machine of the publication, by the preset that fits best
 * @param published what was published
 */
record PublishedCase(String name, Subject before, Subject after, Machine machine, Published published) {

    /**
     * What was published.
     *
     * @param title the change in one line
     * @param source address of the publication
     * @param measured what was measured
     * @param outcome what came out
     * @param factor speed after the change over speed before it, of what was measured; empty where not told
     * @param isComparable whether that is the speed of the operation that counts, not that of a larger program
     * @param expected the verdict that is right
     * @param counts the operation whose change counts; empty when all count
     */
    record Published(
            String title,
            String source,
            String measured,
            String outcome,
            Optional<Double> factor,
            boolean isComparable,
            Verdict expected,
            Optional<String> counts) {}

    /** {@return all cases, by name} */
    static List<PublishedCase> all() {
        try (Stream<Path> directories = Files.list(Path.of("src/test/resources/published"))) {
            return directories
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(PublishedCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublishedCase read(Path directory) {
        Properties values = new Properties();
        try (Reader in = new InputStreamReader(
                Files.newInputStream(directory.resolve("case.properties")), StandardCharsets.UTF_8)) {
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = directory.getFileName().toString();
        Placement placement = new Placement(number(values, "base"), "the case " + name);
        return new PublishedCase(
                name,
                subject(directory, "before.h", placement),
                subject(directory, "after.h", placement),
                machine(values),
                published(values));
    }

    private static Published published(Properties values) {
        String counts = text(values, "counts");
        return new Published(
                text(values, "title"),
                text(values, "source"),
                text(values, "measured"),
                text(values, "outcome"),
                Optional.ofNullable(values.getProperty("factor")).map(Double::valueOf),
                text(values, "compares").equals("size"),
                Verdict.valueOf(text(values, "expected")),
                counts.equals("all") ? Optional.empty() : Optional.of(counts));
    }

    /** {@return the preset with as many CPUs and sockets as published; the CPUs of a socket are one cluster} */
    private static Machine machine(Properties values) {
        Machine preset = Machines.byName(text(values, "preset")).orElseThrow();
        String source = text(values, "machine");
        int sockets = number(values, "sockets");
        Topology topology = new Topology(
                new Sourced<>(number(values, "cpus"), source),
                new Sourced<>(sockets, source),
                new Sourced<>(sockets, source));
        return new Machine(
                preset.name(), preset.lineBytes(), preset.pairBytes(), preset.pageBytes(), topology, preset.costs());
    }

    private static Subject subject(Path directory, String file, Placement placement) {
        List<StructLayout> layouts = NotationReader.read(file, content(directory.resolve(file)));
        StructLayout layout = layouts.get(layouts.size() - 1);
        Optional<StructProfile> profile = ProfileReader.read(
                        directory + "/profile.yaml", content(directory.resolve("profile.yaml")))
                .forStruct(layout.name());
        return Subject.of(layout).withPlacement(placement).withProfile(profile);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Properties values, String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    private static int number(Properties values, String key) {
        return Integer.parseInt(text(values, key));
    }
}
