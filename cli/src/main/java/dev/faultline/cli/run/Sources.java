package dev.faultline.cli.run;

import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.detect.SourceName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens each source of a run once. */
final class Sources {

    /** The word for standard input. */
    static final String STANDARD_INPUT = "-";

    /** Ends of names that only files have: no struct of the catalogue is called so. */
    private static final Pattern FILE = Pattern.compile(
            ".+\\.(?:access|bc|btf|c|cc|class|cpp|gz|h|jar|jmod|ko|ll|lz4|o|rlib|so|txt|war|xml|xz|yaml|zip|zst)");

    private final SourceDetector detector;
    private final CliContext context;
    private final Map<String, LayoutSource> open = new HashMap<>();

    Sources(SourceDetector detector, CliContext context) {
        this.detector = detector;
        this.context = context;
    }

    /**
     * {@return whether an argument names a source, not a struct} What looks like a path is one even when it is
     * missing, so that the complaint is about a file, not a struct.
     */
    static boolean isSource(String word) {
        if (word.equals(SourceDetector.KERNEL) || word.equals(SourceDetector.JVM) || word.equals(STANDARD_INPUT)) {
            return true;
        }
        try {
            return Files.exists(Path.of(word))
                    || word.indexOf('#') < 0
                            && (word.indexOf('/') >= 0 || FILE.matcher(word).matches())
                    || new SourceName(word).isClassPath()
                    || new SourceName(word).isLlvm();
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }

    /** {@return whether an argument that names a source means a file that does not exist} */
    static boolean isMissingFile(String word) {
        try {
            return word.indexOf(':') < 0
                    && !word.equals(SourceDetector.KERNEL)
                    && !word.equals(SourceDetector.JVM)
                    && !word.equals(STANDARD_INPUT)
                    && !Files.exists(Path.of(word));
        } catch (InvalidPathException unspeakable) {
            return true;
        }
    }

    /**
     * Opens a source, or returns the one opened before.
     *
     * @param name what the user named; empty for the built-in catalogue
     * @throws dev.faultline.input.InputException when it cannot be opened
     */
    LayoutSource get(Optional<String> name) {
        return get(name, Optional.empty());
    }

    /**
     * Opens a source, or returns the one opened before.
     *
     * @param name what the user named; empty for the built-in catalogue
     * @param struct the one struct that will be looked for in it, where that is known
     * @throws dev.faultline.input.InputException when it cannot be opened
     */
    LayoutSource get(Optional<String> name, Optional<String> struct) {
        return open.computeIfAbsent(name.orElse(""), key -> {
            if (name.isEmpty()) {
                return new KernelCatalog();
            }
            if (key.equals(STANDARD_INPUT)) {
                return detector.read("standard input", context.in());
            }
            OverwriteGuard.reading(key);
            return Spinner.during(
                    () -> struct.map(one -> detector.openFor(key, one)).orElseGet(() -> detector.open(key)),
                    "reading " + new SourceName(key).shown(),
                    context);
        });
    }
}
