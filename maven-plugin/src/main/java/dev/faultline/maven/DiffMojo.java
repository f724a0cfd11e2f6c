package dev.faultline.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Compares the layouts of the project's classes with those of a released version, and fails the build when one is
 * worse. Writes the comparison as a page, {@code diff.html}, and as a comment for a review, {@code diff.md}, to
 * {@code target/site/faultline}.
 */
@Mojo(name = "diff", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public class DiffMojo extends AbstractFaultlineMojo {

    /** The version of this project to compare with, such as {@code 1.4.2}; it is resolved as a dependency is. */
    @Parameter(property = "faultline.baseline", required = true)
    private String baseline;

    /** What fails the build: {@code worse}, or a severity. {@code never} fails none. */
    @Parameter(property = "faultline.diffFailOn", defaultValue = "worse")
    private String failOn;

    /** The session. */
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    private final RepositorySystem repositories;

    /**
     * Made by Maven.
     *
     * @param repositories finds the released version
     */
    @Inject
    public DiffMojo(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    void perform() throws MojoExecutionException, MojoFailureException {
        List<String> words = new ArrayList<>(List.of("diff", released().toString(), shown(classes())));
        write(words, report("diff.html"));
        write(words, report("diff.md"));
        if (!failOn.equals("never")) {
            words.add("--fail-on=" + failOn);
        }
        run(words, "layouts are worse than in version " + baseline + ": see above");
    }

    private Path released() throws MojoExecutionException {
        ArtifactRequest request = new ArtifactRequest(
                new DefaultArtifact(project().getGroupId(), project().getArtifactId(), "jar", baseline),
                project().getRemoteProjectRepositories(),
                null);
        try {
            return repositories
                    .resolveArtifact(session.getRepositorySession(), request)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException missing) {
            throw new MojoExecutionException(
                    "the version to compare with is not to be had: " + missing.getMessage(), missing);
        }
    }
}
