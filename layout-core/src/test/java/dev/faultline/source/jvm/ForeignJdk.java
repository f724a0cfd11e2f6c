package dev.faultline.source.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK of this machine that has {@code java.lang.foreign}: the one that runs the tests, or one installed beside it. */
public final class ForeignJdk {

    private static final int FIRST = 22;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+).*");

    private ForeignJdk() {}

    /** {@return its directory; empty when there is none, so that a test is skipped} */
    public static Optional<Path> home() {
        if (Runtime.version().feature() >= FIRST) {
            return Optional.of(running());
        }
        List<Path> candidates = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME_")) {
                candidates.add(Path.of(value));
            }
        });
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            installed.sorted().forEach(candidates::add);
        } catch (IOException otherSystem) {
            return candidates.stream().filter(home -> feature(home) >= FIRST).findFirst();
        }
        return candidates.stream().filter(home -> feature(home) >= FIRST).findFirst();
    }

    /** {@return the directory of the JDK that runs the tests} */
    public static Path running() {
        return Path.of(System.getProperty("java.home"));
    }

    private static int feature(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.map(VERSION::matcher)
                    .filter(Matcher::matches)
                    .mapToInt(found -> Integer.parseInt(found.group(1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException none) {
            return 0;
        }
    }
}
