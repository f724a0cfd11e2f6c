package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution ships is in its list of licences and in its SBOM, and nothing else is. */
class DistributionIT {

    private static final boolean OFFLINE = System.getProperty("faultline.build").equals("offline: true");

    @TempDir
    Path dist;

    @BeforeEach
    void copy() throws IOException {
        Path built = Path.of(System.getProperty("faultline.dist"));
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path name = built.relativize(file);
                if (!file.equals(built) && !name.startsWith("cache")) {
                    Files.copy(file, dist.resolve(name));
                }
            }
        }
    }

    /** The only file whose name is so up to its version. */
    private Path find(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(dist)) {
            return files.filter(file -> dist.relativize(file)
                            .toString()
                            .replaceFirst("-[0-9].*", "")
                            .equals(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void edit(String file, String before, String after) throws IOException {
        String text = Files.readString(dist.resolve(file));
        assertThat(text).contains(before);
        Files.writeString(dist.resolve(file), text.replace(before, after));
    }

    @Test
    void licence_notice_and_policy_come_with_it_and_the_sbom_of_an_earlier_build_does_not() {
        assertThat(dist.resolve("LICENSE")).isNotEmptyFile();
        assertThat(dist.resolve("SECURITY.md")).isNotEmptyFile();
        assertThat(dist.resolve("NOTICE")).content().contains("jol-core and\njmh-core are under the GNU General");
        assertThat(Files.exists(dist.resolve(Sbom.FILE))).isEqualTo(!OFFLINE);
    }

    @Test
    void the_jar_that_contains_picocli_says_so() throws IOException {
        try (var jar =
                new java.util.jar.JarFile(dist.resolve(ThirdParties.PROGRAM).toFile())) {
            for (String file : new String[] {"LICENSE", "NOTICE"}) {
                try (var in = jar.getInputStream(jar.getEntry("META-INF/" + file))) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo(Files.readString(dist.resolve(file)));
                }
            }
        }
    }

    @Nested
    class The_list_of_licences {

        @Test
        void has_every_jar_with_its_licence_and_its_texts() throws IOException {
            assertThat(ThirdParties.of(dist).problems()).isEmpty();
        }

        @Test
        void lacks_a_jar_that_is_added() throws IOException {
            Files.copy(find("lib/asm"), dist.resolve("lib/stray-1.0.jar"));
            Files.copy(find("lib/asm"), dist.resolve("lib/bench/stray-2.0.jar"));
            assertThat(ThirdParties.of(dist).problems())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("lib/stray-1.0.jar is not in licenses/THIRD-PARTY.yaml"))
                    .anyMatch(line -> line.startsWith("lib/bench/stray-2.0.jar is not in licenses/THIRD-PARTY.yaml"));
        }

        @Test
        void lacks_a_jar_of_another_version() throws IOException {
            Path asm = find("lib/asm");
            Files.move(asm, dist.resolve("lib/asm-99.jar"));
            assertThat(ThirdParties.of(dist).problems())
                    .hasSize(2)
                    .contains(
                            "lib/" + asm.getFileName() + " is in licenses/THIRD-PARTY.yaml and not in the distribution")
                    .anyMatch(line -> line.startsWith("lib/asm-99.jar is not in"));
            edit(ThirdParties.LIST, "jar: lib/" + asm.getFileName(), "jar: lib/asm-99.jar");
            assertThat(ThirdParties.of(dist).problems())
                    .singleElement()
                    .asString()
                    .startsWith("lib/asm-99.jar is no jar of org.ow2.asm:asm:");
        }

        @Test
        void needs_each_text_as_it_is_in_the_jar_and_no_others() throws IOException {
            Files.delete(dist.resolve("licenses/asm/LICENSE.txt"));
            Files.writeString(dist.resolve("licenses/commons-pool2/NOTICE.txt"), "another notice");
            Files.writeString(dist.resolve("licenses/stray.txt"), "of nothing");
            assertThat(ThirdParties.of(dist).problems())
                    .hasSize(3)
                    .anyMatch(line -> line.endsWith(": licenses/asm/LICENSE.txt is missing"))
                    .anyMatch(line -> line.endsWith(": its META-INF/NOTICE.txt is none of its texts"))
                    .contains("licenses/stray.txt belongs to no entry of licenses/THIRD-PARTY.yaml");
        }

        @Test
        void needs_the_sources_of_what_is_under_the_gpl() throws IOException {
            Path sources = find("licenses/sources/jol-core");
            Files.copy(find("licenses/sources/jmh-core"), sources, StandardCopyOption.REPLACE_EXISTING);
            assertThat(ThirdParties.of(dist).problems())
                    .contains("licenses/sources/" + sources.getFileName() + ": has no org/openjdk/jol/vm/VM.java");
            Files.delete(sources);
            assertThat(ThirdParties.of(dist).problems())
                    .singleElement()
                    .asString()
                    .startsWith("lib/jol-core-")
                    .endsWith(": is under the GPL, and its sources are missing");
        }

        @Test
        void agrees_with_the_notice_on_what_is_compiled_in() throws IOException {
            edit("NOTICE", "picocli 4", "picocli 3");
            assertThat(ThirdParties.of(dist).problems())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("NOTICE does not name picocli 4"))
                    .contains("lib/faultline.jar: its META-INF/NOTICE is none of its texts");
        }
    }

    @Nested
    class The_sbom {

        @BeforeEach
        void only_online() {
            assumeFalse(OFFLINE, "Maven makes no SBOM offline");
        }

        @Test
        void has_every_jar_with_its_version_checksum_and_licence() throws IOException {
            assertThat(Sbom.of(dist).problems()).isEmpty();
        }

        @Test
        void names_the_program_as_its_jar_does() throws IOException {
            assertThat(ThirdParties.programArtifact(dist)).startsWith("dev.faultline/faultline-cli@");
            edit(Sbom.FILE, "dev.faultline/faultline-cli@", "dev.faultline/cli@");
            assertThat(Sbom.of(dist).problems())
                    .singleElement()
                    .asString()
                    .contains(
                            "is about pkg:maven/dev.faultline/cli@",
                            "lib/faultline.jar is dev.faultline/faultline-cli@");
        }

        @Test
        void lacks_a_jar_that_is_added() throws IOException {
            Files.copy(find("lib/asm"), dist.resolve("lib/bench/stray-2.0.jar"));
            assertThat(Sbom.of(dist).problems()).containsExactly("has 0 components for lib/bench/stray-2.0.jar");
        }

        @Test
        void has_the_checksum_of_these_bytes_only() throws IOException {
            Path asm = find("lib/asm");
            Files.write(asm, new byte[] {0}, StandardOpenOption.APPEND);
            assertThat(Sbom.of(dist).problems()).containsExactly("has another SHA-256 for lib/" + asm.getFileName());
        }

        @Test
        void agrees_with_the_list_of_licences() throws IOException {
            edit(ThirdParties.LIST, "licence: BSD-3-Clause", "licence: MIT");
            assertThat(Sbom.of(dist).problems())
                    .singleElement()
                    .asString()
                    .startsWith("says BSD-3-Clause of pkg:maven/org.ow2.asm/asm@")
                    .endsWith("; expected MIT");
        }

        @Test
        void has_nothing_that_is_not_shipped() throws IOException {
            edit(Sbom.FILE, "pkg:maven/org.ow2.asm/asm@", "pkg:maven/org.ow2.asm/asm-tree@");
            assertThat(Sbom.of(dist).problems())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("lacks pkg:maven/org.ow2.asm/asm@"))
                    .anyMatch(line -> line.startsWith("says BSD-3-Clause of pkg:maven/org.ow2.asm/asm-tree@")
                            && line.endsWith("it is not listed"));
        }

        @Test
        void is_the_same_for_the_same_sources() throws IOException {
            edit(Sbom.FILE, "\"specVersion\"", "\"serialNumber\" : \"urn:uuid:1\", \"specVersion\"");
            assertThat(Sbom.of(dist).problems()).singleElement().asString().startsWith("differs from build to build");
        }
    }
}
