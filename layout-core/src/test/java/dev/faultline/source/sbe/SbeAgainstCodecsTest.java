package dev.faultline.source.sbe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of schemas, and of the codecs that the tool of Real Logic generates from them, against what these return. */
class SbeAgainstCodecsTest {

    private static final Path AGRONA = Path.of("target", "jars", "agrona-2.6.0.jar");
    private static final Path TOOL = Path.of("target", "jars", "sbe-tool-1.35.3.jar");
    private static final Path ARCHIVE = Path.of("target", "jars", "aeron-archive-1.47.3.jar");
    private static final Path MARKET = Path.of("src", "test", "resources", "sbe", "market.xml");

    @TempDir
    Path directory;

    /** What a codec says of its fields: for each its offset and length, and the length of the block. */
    private record Codec(Map<String, List<Integer>> fields, int byteSize) {

        static Codec of(Class<?> type) throws ReflectiveOperationException {
            Map<String, List<Integer>> fields = new TreeMap<>();
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().endsWith("EncodingOffset")) {
                    String field = method.getName().replace("EncodingOffset", "");
                    int length = (int) type.getMethod(field + "EncodingLength").invoke(null);
                    if (length > 0 && !isConstant(type, field)) {
                        fields.put(field, List.of((int) method.invoke(null), length));
                    }
                }
            }
            return new Codec(fields, byteSize(type));
        }

        private static boolean isConstant(Class<?> type, String field) throws ReflectiveOperationException {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(field + "MetaAttribute")) {
                    Object presence =
                            method.getParameterTypes()[0].getField("PRESENCE").get(null);
                    return "constant".equals(method.invoke(null, presence));
                }
            }
            return false;
        }

        private static int byteSize(Class<?> type) throws ReflectiveOperationException {
            for (String constant : List.of("BLOCK_LENGTH", "ENCODED_LENGTH")) {
                if (Stream.of(type.getFields())
                        .anyMatch(field -> field.getName().equals(constant))) {
                    return type.getField(constant).getInt(null);
                }
            }
            return (int) type.getMethod("sbeBlockLength").invoke(null);
        }
    }

    private static Map<String, List<Integer>> fields(StructLayout layout) {
        Map<String, List<Integer>> fields = new TreeMap<>();
        layout.members().stream()
                .filter(member -> member.type().byteSize() > 0)
                .forEach(member -> fields.put(member.name(), List.of((int) member.byteOffset(), (int)
                        member.type().byteSize())));
        return fields;
    }

    private static StructLayout layout(LayoutSource source, String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0).layout();
    }

    /** {@return the name of the codec of a struct: groups are nested in their message} */
    private static String codec(String schemaPackage, String struct, String kind) {
        StringBuilder name = new StringBuilder(schemaPackage);
        String separator = ".";
        for (String part : struct.split("\\.")) {
            name.append(separator)
                    .append(part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(part.substring(1))
                    .append(kind);
            separator = "$";
        }
        return name.toString();
    }

    private static int compare(LayoutSource schema, String schemaPackage, ClassLoader loader, LayoutSource classes)
            throws ReflectiveOperationException {
        int compared = 0;
        for (LayoutSource.Entry entry : schema.entries()) {
            StructLayout declared = layout(schema, entry.name());
            for (String kind : List.of("Encoder", "Decoder")) {
                String type = codec(schemaPackage, entry.name(), kind);
                if (loader.getResource(type.replace('.', '/') + ".class") == null) {
                    continue; // a jar may leave out what its program does not use
                }
                Codec codec = Codec.of(Class.forName(type, true, loader));
                boolean isOfData = declared.members().stream()
                        .anyMatch(member -> member.type().byteSize() == 0);
                assertThat(fields(declared)).as(type).isEqualTo(codec.fields());
                if (!isOfData) { // whose codec has a length of -1
                    assertThat(declared.byteSize()).as(type).isEqualTo(codec.byteSize());
                }
                if (!codec.fields().isEmpty() && !isOfData) {
                    StructLayout found = layout(classes, type + ".block");
                    assertThat(fields(found)).as(type).isEqualTo(codec.fields());
                    assertThat(found.byteSize()).as(type).isEqualTo(codec.byteSize());
                    compared++;
                }
            }
        }
        return compared;
    }

    @Test
    void aSchemaOfTheProjectIsLaidOutAsTheGeneratedCodecs() throws Exception {
        Path classes = compiled(generated());
        try (URLClassLoader loader = loader(classes, AGRONA)) {
            SbeSource schema = SbeSource.open("market.xml", MARKET);
            assertThat(schema.notes()).isEmpty();
            int compared = compare(
                    schema,
                    "market",
                    loader,
                    ClassSource.open("classes", List.of(classes.toString()), VmMode.parse("17")));
            assertThat(compared).isEqualTo(16);
        }
    }

    @Test
    void theSchemaOfAeronArchiveIsLaidOutAsItsCodecs() throws Exception {
        try (URLClassLoader loader = loader(ARCHIVE, AGRONA);
                InputStream in = loader.getResourceAsStream("archive/aeron-archive-codecs.xml")) {
            SbeSource schema = SbeSource.read("aeron-archive-codecs.xml", in.readAllBytes());
            int compared = compare(
                    schema,
                    "io.aeron.archive.codecs",
                    loader,
                    ClassSource.open("archive", List.of(ARCHIVE.toString()), VmMode.parse("17")));
            assertThat(compared).isGreaterThan(80);
            assertThat(layout(schema, "CatalogHeader").slots())
                    .filteredOn(slot -> !(slot instanceof Slot.Field))
                    .allMatch(slot ->
                            slot instanceof Slot.Hole hole && hole.purpose().equals("declared")
                                    || slot instanceof Slot.Padding padding
                                            && padding.purpose().equals("declared"));
        }
    }

    private static URLClassLoader loader(Path... paths) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path path : paths) {
            urls.add(path.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), null);
    }

    private Path generated() throws IOException, InterruptedException {
        Path sources = directory.resolve("sources");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        TOOL + System.getProperty("path.separator") + AGRONA,
                        "-Dsbe.output.dir=" + sources,
                        "-Dsbe.xinclude.aware=true",
                        "uk.co.real_logic.sbe.SbeTool",
                        MARKET.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(tool.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(tool.exitValue())
                .as(Files.readString(directory.resolve("log")))
                .isZero();
        return sources;
    }

    private Path compiled(Path sources) throws IOException {
        Path classes = directory.resolve("classes");
        List<String> arguments = new ArrayList<>(
                List.of("-d", classes.toString(), "-cp", AGRONA.toString(), "-proc:none", "-nowarn", "-Xlint:none"));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, log, log, arguments.toArray(new String[0]));
        assertThat(status).as(log.toString(StandardCharsets.UTF_8)).isZero();
        return classes;
    }
}
