package dev.faultline.source.debugfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a search for a file with debug information has found.
 *
 * @param path the file; empty when there is none, or only wrong ones
 * @param looked the places looked at, in their order; with what is wrong with the file there, if there is one
 */
public record DebugFile(Optional<Path> path, List<String> looked) {

    private static final int MOST_NAMED = 8;

    public DebugFile {
        Objects.requireNonNull(path);
        looked = List.copyOf(looked);
    }

    /** {@return a part of a sentence for when it was not found: where it was looked for} */
    public String words() {
        if (looked.isEmpty()) {
            return "the file names no other file with it";
        }
        return "it is not at " + String.join(", ", looked.subList(0, Math.min(MOST_NAMED, looked.size())))
                + (looked.size() > MOST_NAMED ? " and " + (looked.size() - MOST_NAMED) + " places more" : "");
    }
}
