package dev.faultline.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks whether the project's classes keep the promises of its layout contracts, and fails the build when one is
 * broken.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public class CheckMojo extends AbstractFaultlineMojo {

    private static final String ENDING = ".contract.yaml";

    /** Contracts: a file, or a directory with files whose names end in {@code .contract.yaml}. */
    @Parameter(property = "faultline.contracts", defaultValue = "${project.basedir}/src")
    private File contracts;

    /** What the contracts are about: classes, a jar, a binary. Default: the project's classes. */
    @Parameter(property = "faultline.source")
    private File source;

    /** Made by Maven. */
    public CheckMojo() {}

    @Override
    void perform() throws MojoExecutionException, MojoFailureException {
        List<String> words = new ArrayList<>(List.of("check"));
        List<String> files = files();
        if (files.isEmpty()) {
            throw new MojoExecutionException("no *" + ENDING + " in " + contracts
                    + ": write one, or set <contracts> to where they are; docs/contracts.md shows what they say");
        }
        files.forEach(file -> words.add(shown(Path.of(file))));
        words.add("--from=" + shown(source == null ? classes() : source.toPath()));
        run(words, "a layout contract is broken: see above");
    }

    private List<String> files() throws MojoExecutionException {
        if (!contracts.isDirectory()) {
            return contracts.exists() ? List.of(contracts.getPath()) : List.of();
        }
        try (Stream<Path> below = Files.walk(contracts.toPath())) {
            return below.map(Path::toString)
                    .filter(name -> name.endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException("cannot read " + contracts + ": " + e, e);
        }
    }
}
