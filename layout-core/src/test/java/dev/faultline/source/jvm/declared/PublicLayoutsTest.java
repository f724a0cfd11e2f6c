package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.ForeignJdk;
import dev.faultline.source.jvm.VmMode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The layouts that jextract wrote for Jetty's binding of quiche, which the build copies to {@code target/jars}: they
 * are known without running anything, and equal to what the library says when it is run.
 */
class PublicLayoutsTest {

    private static final Path JAR = Path.of("target", "jars", "jetty-quic-quiche-foreign-12.1.10.jar");

    /** Prints of each layout its name, size and alignment, and its members with offset and size. */
    private static final String PROGRAM = """
            import java.lang.foreign.*;
            class Ask {
              public static void main(String[] names) throws Exception {
                for (String name : names) {
                  int dot = name.lastIndexOf('.');
                  var field = Class.forName(name.substring(0, dot)).getDeclaredField(name.substring(dot + 1));
                  field.setAccessible(true);
                  GroupLayout layout = (GroupLayout) field.get(null);
                  System.out.print(name + " " + layout.byteSize() + " " + layout.byteAlignment());
                  for (MemoryLayout member : layout.memberLayouts()) {
                    if (member.name().isPresent() && !(member instanceof PaddingLayout)) {
                      long at = layout.byteOffset(MemoryLayout.PathElement.groupElement(member.name().get()));
                      System.out.print(" " + member.name().get() + "@" + at + "+" + member.byteSize());
                    }
                  }
                  System.out.println();
                }
                System.exit(0);
              }
            }
            """;

    /** The initialisers load a native library; one of the JDK stands in for that of quiche, which layouts do not need. */
    private static final String LOADED = """
            package org.eclipse.jetty.util;
            import java.nio.file.*;
            public class IO {
              public static void copy(java.io.InputStream none, java.io.OutputStream out) throws java.io.IOException {
                String home = System.getProperty("java.home");
                String name = System.mapLibraryName("rmi");
                Path file = Path.of(home, "lib", name);
                Files.copy(Files.exists(file) ? file : Path.of(home, "bin", name), out);
              }
            }
            """;

    @TempDir
    Path directory;

    private static ClassSource source() {
        return ClassSource.open("quiche", JAR, VmMode.parse("17"));
    }

    private static List<String> names(ClassSource source) {
        return source.entries().stream()
                .filter(entry -> entry.byteSize() >= 0)
                .map(LayoutSource.Entry::name)
                .toList();
    }

    private static StructLayout find(ClassSource source, String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0).layout();
    }

    private static String line(StructLayout layout) {
        StringBuilder line = new StringBuilder(layout.name() + " " + layout.byteSize() + " " + layout.byteAlignment());
        Map<String, ByteRange> members = new LinkedHashMap<>();
        for (Slot.Field field : layout.fields()) {
            members.merge(
                    field.path().replaceFirst("[.].*", ""),
                    field.bytes(),
                    (one, other) ->
                            new ByteRange(Math.min(one.start(), other.start()), Math.max(one.end(), other.end())));
        }
        members.forEach((name, bytes) -> line.append(" ")
                .append(name)
                .append("@")
                .append(bytes.start())
                .append("+")
                .append(bytes.byteSize()));
        return line.toString();
    }

    @Test
    void everyStructOfTheBindingIsKnownOnEveryJdk() {
        ClassSource source = source();
        assertThat(names(source))
                .hasSize(12)
                .contains(
                        "org.eclipse.jetty.quic.quiche.foreign.quiche_path_stats.LAYOUT",
                        "org.eclipse.jetty.quic.quiche.foreign.sockaddr_storage.$LAYOUT");
        assertThat(find(source, "quiche_path_stats.LAYOUT").byteSize()).isEqualTo(400);
    }

    @Test
    void layoutsAreThoseThatTheLibraryMakes() throws Exception {
        Optional<Path> jdk = ForeignJdk.home();
        assumeTrue(jdk.isPresent());
        ClassSource source = source();
        List<String> command = new ArrayList<>(List.of(
                jdk.get().resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                JAR
                        + File.pathSeparator
                        + CompiledProgram.of(directory, List.of(), LOADED).classes(),
                Files.writeString(directory.resolve("Ask.java"), PROGRAM).toString()));
        command.addAll(names(source));
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(names(source).stream().map(name -> line(find(source, name))))
                .containsExactlyElementsOf(Files.readAllLines(out));
    }
}
