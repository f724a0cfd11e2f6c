package dev.faultline.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows which fields of the project's classes share a cache line and are fought over, and writes it as a page to
 * {@code target/site/faultline/index.html}.
 */
@Mojo(name = "inspect", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public class InspectMojo extends AbstractFaultlineMojo {

    /** The least severity that fails the build: {@code error}, {@code warning} or {@code info}. Default: none. */
    @Parameter(property = "faultline.failOn")
    private String failOn;

    /** Findings that are accepted; {@code faultline inspect --baseline FILE --update} writes this file. */
    @Parameter(property = "faultline.known")
    private File known;

    /** Made by Maven. */
    public InspectMojo() {}

    @Override
    void perform() throws MojoExecutionException, MojoFailureException {
        List<String> words = new ArrayList<>(List.of("inspect", shown(classes())));
        if (known != null) {
            words.add("--baseline=" + known);
        }
        write(words, report("index.html"));
        if (failOn != null) {
            words.add("--fail-on=" + failOn);
        }
        run(words, "there are findings of severity " + failOn + " or above: see above");
    }
}
