package dev.faultline.source.jvm.child;

import dev.faultline.api.Internal;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How static initialisers of a program are run, where the user has asked for that. They have the rights of the user.
 *
 * @param javaHome the directory of the JDK or JRE that runs them
 * @param limitSeconds seconds that a VM may take for all that it is asked, from 1
 * @param told takes a line for each initialiser that gave no values, and for what else users should know
 */
@Internal
public record CodeRun(Path javaHome, int limitSeconds, Consumer<String> told) {

    /** Seconds that a VM may take unless the user says otherwise. */
    public static final int LIMIT_SECONDS = 10;

    public CodeRun {
        Objects.requireNonNull(javaHome);
        Objects.requireNonNull(told);
        if (limitSeconds < 1) {
            throw new IllegalArgumentException("limitSeconds: expected 1 or more, got " + limitSeconds);
        }
    }

    /** {@return the directory of the JDK or JRE that runs this program} */
    public static Path runningJavaHome() {
        return Path.of(System.getProperty("java.home"));
    }
}
