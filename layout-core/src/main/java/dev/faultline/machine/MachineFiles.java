package dev.faultline.machine;

import dev.faultline.api.Internal;
import java.util.Objects;
import java.util.Optional;

/** Finds the machine files that another machine file refers to. */
@FunctionalInterface
@Internal
public interface MachineFiles {

    /**
     * A machine file.
     *
     * @param name its name in messages, unique for a file so that cycles are detected
     * @param yaml its text
     */
    record Text(String name, String yaml) {
        public Text {
            Objects.requireNonNull(name);
            Objects.requireNonNull(yaml);
        }
    }

    /**
     * Finds a file.
     *
     * @param from the name of the file with the reference
     * @param like the reference, relative to that file
     * @return the file; empty when there is none
     * @throws dev.faultline.input.InputException when the file cannot be read
     */
    Optional<Text> find(String from, String like);

    /** {@return an instance without any files} */
    static MachineFiles none() {
        return (from, like) -> Optional.empty();
    }
}
