package dev.faultline.report.sarif;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a log depends on besides its results.
 *
 * @param version Faultline's own version
 * @param sourceRoot the directory that URIs of files are relative to: the root of the repository
 * @param asAnnotations whether results are written as workflow commands of GitHub, not as SARIF
 */
public record SarifSettings(String version, Path sourceRoot, boolean asAnnotations) {

    public SarifSettings {
        Objects.requireNonNull(version);
        Objects.requireNonNull(sourceRoot);
    }

    /** Settings of a log in SARIF. */
    public SarifSettings(String version, Path sourceRoot) {
        this(version, sourceRoot, false);
    }

    /** Begins a log whose results may refer to these rules. */
    ResultLog begin(Writer out, List<SarifRule> rules) throws IOException {
        return asAnnotations ? new AnnotationLog(out, sourceRoot) : new SarifLog(out, this, rules);
    }
}
