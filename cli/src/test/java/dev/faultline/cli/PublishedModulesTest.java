package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Maven Central asks for: in the POMs, in what a release collects, and in the bundle that is uploaded. */
class PublishedModulesTest {

    private static final Path ROOT = Path.of("pom.xml");

    @TempDir
    Path directory;

    /** What a script did. */
    private record Outcome(int status, String output) {}

    private static List<Path> published() throws IOException {
        List<Path> poms = new ArrayList<>();
        String modules = Files.readString(ROOT).replaceFirst("(?s)<profiles>.*", "");
        Matcher module = Pattern.compile("<module>(.+?)</module>").matcher(modules);
        while (module.find()) {
            Path pom = Path.of(module.group(1), "pom.xml");
            if (!Files.readString(pom).contains("<maven.deploy.skip>true")) {
                poms.add(pom);
            }
        }
        return poms;
    }

    @Test
    void each_published_module_tells_what_it_is_and_inherits_who_made_it() throws IOException {
        assertThat(published())
                .hasSize(6)
                .allSatisfy(pom -> assertThat(Files.readString(pom))
                        .contains("<artifactId>faultline-parent</artifactId>", "<name>", "<description>"));
        assertThat(Files.readString(ROOT))
                .contains("<licenses>", "<developers>", "<scm ", "<url>", "<name>", "<description>");
    }

    @Test
    void a_release_collects_each_of_them_with_sources_and_documentation() throws IOException {
        String script = Files.readString(Path.of(".github/collect-release.sh"));
        for (Path pom : published()) {
            String artifact = Files.readString(pom).replaceFirst("(?s).*?</parent>\\s*<artifactId>(.+?)</.*", "$1");
            assertThat(script).contains(pom.getParent() + ":" + artifact);
        }
        assertThat(script).contains("for kind in \"\" -sources -javadoc; do");
        String workflow = Files.readString(Path.of(".github/workflows/release.yml"));
        assertThat(workflow).contains("-Prelease verify");
        String pom = Files.readString(ROOT);
        String profile = pom.substring(pom.indexOf("<id>release</id>"), pom.indexOf("<id>error-prone</id>"));
        assertThat(profile).contains("maven-source-plugin", "maven-javadoc-plugin");
    }

    private Outcome bundle() throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        ".github/central-bundle.sh",
                        directory.resolve("central").toString(),
                        directory.resolve("bundle.zip").toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        String jdk = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", jdk, (old, more) -> more + File.pathSeparator + old);
        // no key of the person who runs this test
        builder.environment()
                .put(
                        "GNUPGHOME",
                        Files.createDirectories(directory.resolve("gpg")).toString());
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(output));
    }

    @Test
    void a_bundle_is_made_of_whole_artefacts_only() throws IOException, InterruptedException {
        Path artifact = Files.createDirectories(directory.resolve("central/dev/faultline/faultline-core/1.0"));
        Path pom = Files.writeString(
                artifact.resolve("faultline-core-1.0.pom"),
                "<project><parent></parent><name>a</name><description>b</description></project>");
        Path parent = Files.createDirectories(directory.resolve("central/dev/faultline/faultline-parent/1.0"));
        Files.copy(ROOT, parent.resolve("faultline-parent-1.0.pom"));
        Path metadata = Files.writeString(artifact.resolveSibling("maven-metadata.xml"), "<metadata/>");
        for (String kind : List.of("", "-sources", "-javadoc")) {
            assertThat(bundle())
                    .matches(one -> one.status() == 1)
                    .matches(one -> one.output().contains("faultline-core-1.0" + kind + ".jar is missing"));
            Files.writeString(artifact.resolve("faultline-core-1.0" + kind + ".jar"), "a jar");
        }
        Files.writeString(pom, "<project><parent></parent><name>a</name></project>");
        assertThat(bundle())
                .matches(one -> one.status() == 1)
                .matches(one -> one.output().contains("has no <description>"));
        Files.writeString(pom, "<project><name>a</name><description>b</description><url>u</url></project>");
        assertThat(bundle())
                .matches(one -> one.status() == 1)
                .matches(one -> one.output().contains("has no <licenses>"));
        Files.writeString(pom, "<project><parent><name>a</name><description>b</description></project>");

        Outcome made = bundle();
        assertThat(made.status()).as(made.output()).isZero();
        assertThat(metadata).doesNotExist();
        try (ZipFile zip = new ZipFile(directory.resolve("bundle.zip").toFile())) {
            assertThat(zip.stream().map(Object::toString).filter(name -> !name.endsWith("/")))
                    .contains("dev/faultline/faultline-core/1.0/faultline-core-1.0-sources.jar")
                    .hasSize(5);
        }
    }
}
