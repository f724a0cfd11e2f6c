package dev.faultline.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** Tells the version of the program and of the Java VM. */
public final class VersionProvider implements IVersionProvider {

    /** The resource that the build writes the version to. */
    private static final String RESOURCE = "/dev/faultline/cli/version.txt";

    @Override
    public String[] getVersion() {
        return lines().toArray(new String[0]);
    }

    /** {@return what {@code --version} prints} */
    public static List<String> lines() {
        return List.of("faultline " + version() + " on JDK " + Runtime.version());
    }

    /** {@return the version of Faultline, such as {@code 0.1.0}} */
    static String version() {
        try (var in = VersionProvider.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
