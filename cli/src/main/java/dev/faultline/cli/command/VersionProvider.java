package dev.faultline.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Tells the version of the program and of the Java VM. */
final class VersionProvider implements IVersionProvider {

    /** The resource that the build writes the version to. */
    private static final String RESOURCE = "/dev/faultline/cli/version.txt";

    @Override
    public String[] getVersion() {
        try (var in = VersionProvider.class.getResourceAsStream(RESOURCE)) {
            String version = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new String[] {"faultline " + version + " on JDK " + Runtime.version()};
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
