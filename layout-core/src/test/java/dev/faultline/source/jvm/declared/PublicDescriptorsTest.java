package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.AccessMap;
import dev.faultline.access.code.CodeInference;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.machine.Machines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.struct.Suggester;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The descriptors of Agrona and of Aeron's client and driver, which the build copies to {@code target/jars}. */
class PublicDescriptorsTest {

    private static final List<Path> JARS = List.of(
            Path.of("target", "jars", "agrona-2.6.0.jar"),
            Path.of("target", "jars", "aeron-client-1.47.3.jar"),
            Path.of("target", "jars", "aeron-driver-1.47.3.jar"));

    private static final List<String> DESCRIPTORS = List.of(
            "org.agrona.concurrent.ringbuffer.RingBufferDescriptor",
            "org.agrona.concurrent.broadcast.BroadcastBufferDescriptor",
            "org.agrona.concurrent.status.CountersReader",
            "org.agrona.concurrent.errors.DistinctErrorLog",
            "io.aeron.CncFileDescriptor",
            "io.aeron.logbuffer.LogBufferDescriptor",
            "io.aeron.logbuffer.FrameDescriptor",
            "io.aeron.protocol.DataHeaderFlyweight",
            "io.aeron.protocol.StatusMessageFlyweight",
            "io.aeron.protocol.SetupFlyweight",
            "io.aeron.driver.reports.LossReport");

    private static ClassSource source;
    private static List<LayoutSource.Entry> structs;

    @BeforeAll
    static void read() {
        source = ClassSource.open("aeron", JARS.stream().map(Path::toString).toList(), VmMode.parse("17"));
        structs = source.entries().stream()
                .filter(entry -> entry.name().contains(".offsets"))
                .toList();
    }

    private static Subject find(String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static URLClassLoader libraries() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Path jar : JARS) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), null);
    }

    @Test
    void everyFieldIsWhereTheLibrarysOwnConstantSays() throws Exception {
        assertThat(structs).hasSizeGreaterThan(30);
        try (URLClassLoader libraries = libraries()) {
            for (LayoutSource.Entry entry : structs) {
                String owner = entry.name().substring(0, entry.name().lastIndexOf('.'));
                Map<String, Long> constants = constants(libraries.loadClass(owner));
                for (Slot.Field field : find(entry.name()).layout().fields()) {
                    assertThat(constants.getOrDefault(field.path(), -1L))
                            .as(entry.name() + " " + field.path())
                            .isEqualTo(field.byteOffset());
                }
            }
        }
    }

    /** Of two constants with one value the first names the field. */
    @Test
    void everyConstantOfADescriptorIsWhereAFieldBegins() throws Exception {
        try (URLClassLoader libraries = libraries()) {
            for (String descriptor : DESCRIPTORS) {
                Set<Long> fields = new TreeSet<>();
                structs.stream()
                        .filter(entry -> entry.name().startsWith(descriptor + ".offsets"))
                        .flatMap(entry -> find(entry.name()).layout().fields().stream())
                        .forEach(field -> fields.add(field.byteOffset()));
                assertThat(fields)
                        .as(descriptor)
                        .isEqualTo(new TreeSet<>(
                                constants(libraries.loadClass(descriptor)).values()));
            }
        }
    }

    /** {@return the values of the constants of a class that are offsets, by their names without that word} */
    private static Map<String, Long> constants(Class<?> type) throws IllegalAccessException {
        Map<String, Long> constants = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            boolean isNumber = field.getType() == int.class || field.getType() == long.class;
            boolean isOffset = isNumber
                    && Modifier.isStatic(field.getModifiers())
                    && field.getName().endsWith("_OFFSET");
            if (isOffset && field.trySetAccessible()) {
                constants.put(
                        field.getName().replaceFirst("(_FIELD)?_OFFSET$", ""), ((Number) field.get(null)).longValue());
            }
        }
        return constants;
    }

    @Test
    void whatTheAuthorsPaddedIsApart() {
        Subject ring = find("org.agrona.concurrent.ringbuffer.RingBufferDescriptor.offsets");
        AccessMap access =
                CodeInference.infer(ring.layout(), ring.code().orElseThrow()).orElseThrow();
        List<Slot.Field> fields = ring.layout().fields();
        assertThat(access.uses()).extracting(use -> use.field().path()).contains("TAIL_POSITION", "HEAD_POSITION");
        for (int i = 1; i < fields.size(); i++) {
            ByteRange before = fields.get(i - 1).bytes();
            assertThat(ring.placement()
                            .meeting(before, fields.get(i).bytes(), 64)
                            .sharing())
                    .isZero();
        }
        assertThat(ring.layout().unusedBytes()).isZero();
        assertThat(ring.layout().byteSize()).as("TRAILER_LENGTH").isEqualTo(768);
    }

    @Test
    void whatTheAuthorsPaddedIsNotGivenUpForBytes() {
        Suggester suggester = new Suggester(new Analyzer(Machines.x86(), Catalog.RULES), new SearchEffort(10_000));
        Subject ring = find("org.agrona.concurrent.ringbuffer.RingBufferDescriptor.offsets");
        assertThat(suggester.suggest(ring, Constraints.usual()).candidates()).isEmpty();
    }

    /** The offsets are those of the constants in the class files of Chronicle Map, as {@code javap} prints them. */
    @Test
    void theStoreOfChronicleMapIsDeclaredByConstantsAndValues() {
        ClassSource map =
                ClassSource.open("map", Path.of("target", "jars", "chronicle-map-2026.1.jar"), VmMode.parse("17"));
        Map<String, List<Long>> structs = new TreeMap<>();
        map.entries().stream()
                .filter(entry -> entry.byteSize() >= 0)
                .forEach(entry -> structs.put(
                        entry.name().replace("net.openhft.chronicle.hash.impl.", ""),
                        ((Lookup.Found) map.find(entry.name()))
                                .subjects().get(0).layout().fields().stream()
                                        .map(Slot.Field::byteOffset)
                                        .toList()));
        assertThat(structs)
                .isEqualTo(Map.of(
                        "BigSegmentHeader.offsets", List.of(0L, 8L, 12L, 16L, 24L),
                        "SizePrefixedBlob.offsets", List.of(0L, 8L, 12L),
                        "TierCountersArea.offsets", List.of(0L, 8L, 16L, 24L, 28L, 32L, 36L),
                        "VanillaChronicleHash.offsets", List.of(0L, 8L),
                        // 24, 40, 40, 32 and 64 bits, by their ranges
                        "net.openhft.chronicle.hash.VanillaGlobalMutableState.value", List.of(0L, 3L, 8L, 13L, 17L),
                        "net.openhft.chronicle.map.ReplicatedGlobalMutableStateV2.value",
                                List.of(0L, 3L, 8L, 13L, 21L, 25L, 26L, 42L),
                        "net.openhft.chronicle.map.locks.ChronicleStampedLockVOInterface.value", List.of(0L)));
    }

    /** A list reads only the code of classes that may declare structs; a class, once looked at, makes it read all. */
    @Test
    void structsAreTheSameWhenOnlyTheirClassesAreRead() {
        List<Path> jars = new ArrayList<>(JARS);
        jars.add(Path.of("target", "jars", "jctools-core-4.0.7.jar"));
        jars.add(Path.of("target", "jars", "jetty-quic-quiche-foreign-12.1.10.jar"));
        for (Path jar : jars) {
            ClassSource few = ClassSource.open("jar", jar, VmMode.parse("17"));
            ClassSource all = ClassSource.open("jar", jar, VmMode.parse("17"));
            LayoutSource.Entry first = few.entries().stream()
                    .filter(entry -> few.find(entry.name()) instanceof Lookup.Found)
                    .findFirst()
                    .orElseThrow();
            assertThat(all.find(first.name())).isInstanceOf(Lookup.Found.class);
            assertThat(few.entries()).as(jar.toString()).isEqualTo(all.entries());
        }
    }
}
