package dev.faultline.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is released has the same bytes when it is packaged a second time, at another time, in another time zone and
 * language, and in another directory with other permissions. Classes are copied, not compiled again.
 */
@Tag("native")
class SameBytesIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("faultline.checkout"));
    private static final String VERSION = System.getProperty("faultline.version");

    /** What Maven and the tests make, beside the classes. */
    private static final Set<String> NOT_COPIED = Set.of(
            ".git",
            "archive-tmp",
            "dist",
            "failsafe-reports",
            "it",
            "it-repository",
            "jars",
            "maven-archiver",
            "reports",
            "site",
            "surefire-reports");

    /** Files that only the archive and the package contain. */
    private static final Pattern PAGE = Pattern.compile("docs/(?!hazards/|sync-types).*|[A-Z_]+\\.md");

    private static final List<String> RELEASED = List.of(
            "layout-core/target/faultline-core-" + VERSION + ".jar",
            "layout-core/target/faultline-core-" + VERSION + "-sources.jar",
            "offheap-structs/target/faultline-offheap-" + VERSION + ".jar",
            "offheap-structs/target/faultline-offheap-" + VERSION + "-sources.jar",
            "benchmarks/target/faultline-benchmarks-" + VERSION + ".jar",
            "reports/target/faultline-reports-" + VERSION + ".jar",
            "recorder/target/faultline-recorder.jar",
            "cli/target/faultline-cli-" + VERSION + ".jar",
            "cli/target/faultline-" + VERSION + ".tar.gz",
            "cli/target/faultline_" + VERSION + "_all.deb",
            "maven-plugin/target/faultline-maven-plugin-" + VERSION + ".jar");

    @TempDir
    Path directory;

    @Test
    void a_second_packaging_gives_the_same_bytes() throws IOException, InterruptedException {
        Path copy = directory.resolve("a second checkout");
        copy(CHECKOUT, copy);
        packaged(copy);
        List<String> different = new ArrayList<>();
        for (String file : RELEASED) {
            if (Files.mismatch(CHECKOUT.resolve(file), copy.resolve(file)) >= 0) {
                different.add(file);
            }
        }
        assertThat(different).isEmpty();
    }

    /**
     * What jars contain keeps its permissions, which they contain too; pages are for their owner alone, as after a
     * checkout with the umask 077.
     */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path one, BasicFileAttributes attributes) throws IOException {
                if (!one.equals(from) && NOT_COPIED.contains(one.getFileName().toString()) && isMade(one)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            /** A package of classes may be called like a directory that Maven makes. */
            private boolean isMade(Path one) {
                return one.endsWith(".git") || one.getParent().endsWith("target");
            }

            @Override
            public FileVisitResult visitFile(Path one, BasicFileAttributes attributes) throws IOException {
                Path file = to.resolve(from.relativize(one));
                if (one.getParent().endsWith("target")) {
                    return FileVisitResult.CONTINUE; // what is to be packaged anew
                }
                Files.copy(one, file, StandardCopyOption.COPY_ATTRIBUTES);
                if (PAGE.matcher(from.relativize(one).toString()).matches()) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void packaged(Path copy) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("faultline.maven"), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("faultline.repository"),
                "-DskipTests",
                "-Dmaven.compiler.useIncrementalCompilation=false", // nothing is newer than its class
                "-pl",
                "maven-plugin,recorder",
                "-am",
                "package",
                "source:jar-no-fork@sources"));
        if (System.getProperty("faultline.build").equals("offline: true")) {
            command.add(1, "-o");
        }
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-Duser.language=tr -Duser.country=TR");
        builder.environment().put("TZ", "Pacific/Auckland");
        builder.environment().keySet().removeIf(name -> name.equals("MAVEN_ARGS") || name.startsWith("MAVEN_CMD"));
        int status = builder.start().waitFor();
        assertThat(status).as(Files.readString(log)).isZero();
    }
}
