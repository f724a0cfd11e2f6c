package dev.faultline.cli.command;

import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.detect.SourceDetector;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Opens each source of a run once. */
final class Sources {

    /** The word for standard input. */
    static final String STANDARD_INPUT = "-";

    private final SourceDetector detector;
    private final InputStream in;
    private final Map<String, LayoutSource> open = new HashMap<>();

    Sources(SourceDetector detector, InputStream in) {
        this.detector = detector;
        this.in = in;
    }

    /**
     * Opens a source, or gives the one opened before.
     *
     * @param name what the user named, or nothing for the built-in catalogue
     * @return the source
     * @throws dev.faultline.input.InputException when it cannot be opened
     */
    LayoutSource get(Optional<String> name) {
        return open.computeIfAbsent(name.orElse(""), key -> {
            if (name.isEmpty()) {
                return new KernelCatalog();
            }
            if (key.equals(STANDARD_INPUT)) {
                return detector.read("standard input", in);
            }
            InputFiles.read(key);
            return detector.open(key);
        });
    }
}
