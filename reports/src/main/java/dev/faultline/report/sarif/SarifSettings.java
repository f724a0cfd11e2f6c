package dev.faultline.report.sarif;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a log depends on besides its results.
 *
 * @param version Faultline's own version
 * @param sourceRoot the directory that URIs of files are relative to: the root of the repository
 */
public record SarifSettings(String version, Path sourceRoot) {

    public SarifSettings {
        Objects.requireNonNull(version);
        Objects.requireNonNull(sourceRoot);
    }
}
