package dev.faultline.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals have in common: where classes and reports are, and what an exit status means for the build. */
abstract class AbstractFaultlineMojo extends AbstractMojo {

    private static final int CLEAN = 0;
    private static final int FINDINGS = 1;

    /** The project that is built. */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** The jars of this plugin. */
    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    /** Whether to do nothing. */
    @Parameter(property = "faultline.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The machine to analyse for, a name such as {@code x86-64} or a file that {@code faultline calibrate} has written.
     * The default is one machine for all builds, so that a build gives the same result wherever it runs.
     */
    @Parameter(property = "faultline.machine", defaultValue = "x86-64")
    private String machine;

    /** Who uses which field how often: a profile, or an access file of {@code faultline record}. */
    @Parameter(property = "faultline.profile")
    private File profile;

    /** Further arguments of the command, such as {@code --ignore=TrueSharing}. */
    @Parameter(property = "faultline.arguments")
    private List<String> arguments;

    /** Where reports are written. */
    @Parameter(property = "faultline.reports", defaultValue = "${project.build.directory}/site/faultline")
    private File reports;

    /** {@return the project that is built} */
    final MavenProject project() {
        return project;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped, as faultline.skip says");
            return;
        }
        if (project.getPackaging().equals("pom")) {
            getLog().info("nothing to do: a project with packaging pom has no classes");
            return;
        }
        perform();
    }

    /** Does what the goal is for. */
    abstract void perform() throws MojoExecutionException, MojoFailureException;

    /** {@return the classes of the project, which must have been compiled} */
    final Path classes() throws MojoExecutionException {
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        if (!Files.isDirectory(classes)) {
            throw new MojoExecutionException(
                    classes + " does not exist: run this goal after the phase compile, such as in 'mvn verify'");
        }
        return classes;
    }

    /** {@return a path in the words of a person who stands in the project: relative to it when it is below it} */
    final String shown(Path file) {
        Path base = project.getBasedir().toPath();
        return (file.startsWith(base) ? base.relativize(file) : file).toString();
    }

    /** {@return the path of a report; its directory exists} */
    final Path report(String name) throws MojoExecutionException {
        try {
            return Files.createDirectories(reports.toPath()).resolve(name);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write to " + reports + ": " + e, e);
        }
    }

    /**
     * Runs a command and prints what it says.
     *
     * @param words the command and what is its own of arguments
     * @param hint what a person is told when something is found
     * @throws MojoFailureException when the command finds something
     * @throws MojoExecutionException when it cannot do its work
     */
    final void run(List<String> words, String hint) throws MojoExecutionException, MojoFailureException {
        ForkedCommand.Outcome outcome = outcome(words);
        if (outcome.status() == CLEAN) {
            outcome.out().forEach(line -> getLog().info(line));
            outcome.err().forEach(line -> getLog().warn(line));
            return;
        }
        outcome.out().forEach(line -> getLog().error(line));
        outcome.err().forEach(line -> getLog().error(line));
        if (outcome.status() == FINDINGS) {
            throw new MojoFailureException(hint);
        }
        throw new MojoExecutionException(
                "faultline " + words.get(0) + " could not do all of its work (status " + outcome.status() + ")"
                        + (outcome.err().isEmpty() ? "" : ": " + outcome.err().get(0)));
    }

    /** Writes a report with a command; findings are no failure here. */
    final void write(List<String> words, Path file) throws MojoExecutionException {
        try {
            Files.deleteIfExists(file); // of an earlier build
        } catch (IOException e) {
            throw new MojoExecutionException("cannot replace " + file + ": " + e, e);
        }
        List<String> all = new ArrayList<>(words);
        all.add("--output=" + file);
        ForkedCommand.Outcome outcome = outcome(all);
        if (outcome.status() > FINDINGS && !Files.exists(file)) {
            throw new MojoExecutionException("no report was written: " + String.join("; ", outcome.err()));
        }
        getLog().info("report: " + shown(file));
    }

    private ForkedCommand.Outcome outcome(List<String> words) throws MojoExecutionException {
        List<String> all = new ArrayList<>(words);
        all.add("--machine=" + machine);
        if (profile != null) {
            all.add("--profile=" + profile);
        }
        if (arguments != null) {
            all.addAll(arguments);
        }
        List<String> jars = pluginArtifacts.stream()
                .map(artifact -> artifact.getFile().getPath())
                .toList();
        Path scratch = Path.of(project.getBuild().getDirectory(), "faultline");
        try {
            return new ForkedCommand(
                            Path.of(System.getProperty("java.home")),
                            jars,
                            project.getBasedir().toPath(),
                            scratch)
                    .run(all);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot run Faultline: " + e, e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("stopped", stopped);
        }
    }
}
