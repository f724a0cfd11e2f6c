package dev.faultline.machine;

import java.util.Objects;
import java.util.Optional;

/** Finds the machine files that other machine files name; the reader itself opens nothing. */
@FunctionalInterface
public interface MachineFiles {

    /**
     * A machine file.
     *
     * @param name what messages call it; one file has one name, so that a file like itself is noticed
     * @param yaml its text
     */
    record Text(String name, String yaml) {
        /** Refuses nulls. */
        public Text {
            Objects.requireNonNull(name);
            Objects.requireNonNull(yaml);
        }
    }

    /**
     * Finds a file.
     *
     * @param from the name of the file in which it is named
     * @param like what stands there, relative to that file
     * @return the file, or nothing when there is none
     * @throws dev.faultline.input.InputException when there is one and it cannot be read
     */
    Optional<Text> find(String from, String like);

    /** {@return an answer for callers that have no files: there is none} */
    static MachineFiles none() {
        return (from, like) -> Optional.empty();
    }
}
