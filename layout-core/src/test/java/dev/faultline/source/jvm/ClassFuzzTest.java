package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.LayoutUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken class files, jars and directories give one clear line, in 256 MB. */
class ClassFuzzTest {

    private static final long SEED = 20_261_121L;
    private static final int CENTRAL_HEADER = 0x02014b50;

    private static final List<VmMode> MODES =
            VmMode.NAMES.stream().map(VmMode::parse).toList();

    private static final byte[] SUPER = ClassMaker.named("a/B").with("I", "b").bytes();

    @TempDir
    private Path scratch;

    private static List<byte[]> samples() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (long seed = 0; seed < 4; seed++) {
            samples.add(new ClassGenerator(SEED + seed).classFile("a/A", "a/B", true));
        }
        samples.add(ClassMaker.named("a/A")
                .extending("java/lang/Thread")
                .contended()
                .withContended("g", "J", "x")
                .bytes());
        samples.add(jdk("java/util/AbstractMap$SimpleEntry"));
        return samples;
    }

    private static byte[] jdk(String name) throws IOException {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in.readAllBytes();
        }
    }

    private static Function<Random, byte[]> broken() throws IOException {
        return new ByteMutator(samples(), ByteOrder.BIG_ENDIAN, ClassFuzzTest::classNumbers);
    }

    @Test
    void broken_class_files_are_laid_out_or_refused_with_one_line() throws IOException {
        List<byte[]> cut = new ArrayList<>(samples());
        cut.add(jdk("java/lang/Thread"));
        cut.add(jdk("java/util/concurrent/Exchanger"));
        Fuzz.bytes(FuzzShare.CLASS, broken()).cutting(cut).run(bytes -> {
            String name = ClassFileReader.read("bad.class", bytes).name();
            VmMode mode = MODES.get(Math.floorMod(Arrays.hashCode(bytes), MODES.size()));
            Map<String, byte[]> classes = new LinkedHashMap<>(Map.of("a/B", SUPER));
            classes.put(name, bytes);
            ClassSource source = ClassMaker.source(mode, classes);
            LayoutUse.all(source);
            if (source.find(name) instanceof Lookup.Missing missing) {
                throw new InputException("bad.class", "", missing.reason());
            }
        });
    }

    @Test
    void broken_jars_are_opened_or_refused_with_one_line() throws IOException {
        byte[] jar = jar();
        Function<Random, byte[]> classes = broken();
        Function<Random, byte[]> broken =
                new ByteMutator(List.of(jar), ByteOrder.LITTLE_ENDIAN, ClassFuzzTest::jarNumbers);
        Path file = scratch.resolve("bad.jar");
        Fuzz.bytes(
                        FuzzShare.JAR,
                        random -> random.nextInt(4) == 0 ? jarOf(classes.apply(random)) : broken.apply(random))
                .cutting(List.of(jar))
                .run(bytes -> {
                    Files.write(file, bytes);
                    LayoutUse.all(ClassSource.open("bad.jar", file, MODES.get(0)));
                });
    }

    @Test
    void directories_of_broken_class_files_are_opened_or_refused_with_one_line() throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("classes/a"));
        Files.write(directory.resolve("B.class"), SUPER);
        Files.writeString(directory.resolve("\u202eodd name.class"), "no class");
        Fuzz.bytes(FuzzShare.CLASSES, broken()).run(bytes -> {
            Files.write(directory.resolve("A.class"), bytes);
            LayoutUse.all(ClassSource.open("classes", directory.getParent(), MODES.get(0)));
            LayoutUse.all(ClassSource.open("A.class", directory.resolve("A.class"), MODES.get(0)));
        });
    }

    /** Stored and deflated entries, a manifest, what web archives have, and a version for newer VMs. */
    private static byte[] jar() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nMulti-Release: true\n".getBytes(StandardCharsets.UTF_8));
        entries.put("a/A.class", samples().get(0));
        entries.put("a/B.class", SUPER);
        entries.put(
                "BOOT-INF/classes/c/C.class",
                ClassMaker.named("c/C").with("J", "x").bytes());
        entries.put("META-INF/versions/21/a/B.class", ClassMaker.named("a/B").bytes());
        return zip(entries);
    }

    private static byte[] jarOf(byte[] bytes) {
        try {
            return zip(Map.of("a/A.class", bytes, "a/B.class", SUPER));
        } catch (IOException never) {
            throw new IllegalStateException(never);
        }
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                if (each.getValue().length % 2 == 0) {
                    CRC32 sum = new CRC32();
                    sum.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** {@return the places of the central directory's entries and of its end record} */
    private static List<ByteMutator.Place> jarNumbers(byte[] jar) {
        ByteBuffer bytes = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteMutator.Place> places = new ArrayList<>();
        int end = jar.length - 22;
        for (int offset = 4; offset < 12; offset += 2) {
            places.add(new ByteMutator.Place(end + offset, 2));
        }
        places.add(new ByteMutator.Place(end + 12, 4));
        places.add(new ByteMutator.Place(end + 16, 4));
        for (int at = bytes.getInt(end + 16); at < end && bytes.getInt(at) == CENTRAL_HEADER; ) {
            for (int offset : new int[] {6, 8, 10, 28, 30, 32, 34}) {
                places.add(new ByteMutator.Place(at + offset, 2));
            }
            for (int offset : new int[] {16, 20, 24, 42}) {
                places.add(new ByteMutator.Place(at + offset, 4));
            }
            at += 46 + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
        }
        return places;
    }

    /**
     * The version, the constants' count and their indexes, and every number behind them; all are of two bytes or four.
     */
    private static List<ByteMutator.Place> classNumbers(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        List<ByteMutator.Place> places = new ArrayList<>();
        places.add(new ByteMutator.Place(6, 2));
        places.add(new ByteMutator.Place(8, 2));
        int at = 10;
        for (int i = 1; i < in.getShort(8); i++) {
            int tag = in.get(at);
            places.add(new ByteMutator.Place(at, 1));
            places.add(new ByteMutator.Place(at + 1, 2));
            at += switch (tag) {
                case 1 -> 3 + in.getShort(at + 1);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
                case 5, 6 -> 9;
                case 15 -> 4;
                default -> 3;
            };
            i += tag == 5 || tag == 6 ? 1 : 0;
        }
        for (; at + 2 <= bytes.length; at += 2) {
            places.add(new ByteMutator.Place(at, 2));
        }
        return places;
    }
}
