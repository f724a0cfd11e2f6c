package dev.faultline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The list of licences of a distribution, and whether it is that of the jars beside it. */
final class ThirdParties {

    static final String LIST = "licenses/THIRD-PARTY.yaml";

    /** The jar that the program is in, and what was compiled into it. */
    static final String PROGRAM = "lib/faultline.jar";

    private static final Set<String> KEYS =
            Set.of("jar", "artifact", "licence", "texts", "sources", "contains", "home", "purpose");

    /**
     * A library.
     *
     * @param jar where it is
     * @param artifact group, name and version, with colons between
     * @param licence an SPDX expression
     * @param texts its licence and notices
     * @param sources a jar of its sources, or empty
     */
    record Entry(String jar, String artifact, String licence, List<String> texts, String sources) {

        String purl() {
            String[] words = artifact.split(":");
            return "pkg:maven/" + words[0] + "/" + words[1] + "@" + words[2] + "?type=jar";
        }

        /** As its file is called. */
        String fileName() {
            return artifact.replaceFirst("^.*?:", "").replace(':', '-') + ".jar";
        }

        private boolean isCompiledIn() {
            return jar.equals(PROGRAM);
        }
    }

    private final Path dist;
    private final List<Entry> entries;

    private ThirdParties(Path dist, List<Entry> entries) {
        this.dist = dist;
        this.entries = entries;
    }

    /**
     * Reads the list of the distribution in a directory.
     *
     * @throws IllegalArgumentException when an entry lacks something
     */
    static ThirdParties of(Path dist) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Object one : (List<?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(dist.resolve(LIST)))) {
            entries.add(entry((Map<?, ?>) one));
        }
        return new ThirdParties(dist, entries);
    }

    private static Entry entry(Map<?, ?> map) {
        for (String key : List.of("jar", "artifact", "licence", "texts", "home", "purpose")) {
            if (map.get(key) == null || map.get(key).toString().isBlank()) {
                throw new IllegalArgumentException(LIST + ": no " + key + " in " + map);
            }
        }
        if (!KEYS.containsAll(map.keySet())) {
            throw new IllegalArgumentException(LIST + ": a key other than " + new TreeSet<>(KEYS) + " in " + map);
        }
        return new Entry(
                map.get("jar").toString(),
                map.get("artifact").toString(),
                map.get("licence").toString(),
                ((List<?>) map.get("texts")).stream().map(String::valueOf).toList(),
                map.get("sources") == null ? "" : map.get("sources").toString());
    }

    List<Entry> entries() {
        return entries;
    }

    /** The files in lib/, below the directory of the distribution. */
    static Set<String> shipped(Path dist) throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(dist.resolve("lib"))) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.add(dist.relativize(file).toString()));
        }
        return files;
    }

    /** What does not fit together, a line each. */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        Set<String> named = new HashSet<>(Set.of(LIST));
        for (Entry entry : entries) {
            named.add(entry.jar());
            named.addAll(entry.texts());
            named.add(entry.sources());
            compare(entry, problems);
        }
        for (String jar : shipped(dist)) {
            if (!named.contains(jar) && !isOurs(dist.resolve(jar))) {
                problems.add(jar + " is not in " + LIST + ": enter it with its licence and the texts that asks for");
            }
        }
        try (Stream<Path> files = Files.walk(dist.resolve("licenses"))) {
            files.filter(Files::isRegularFile)
                    .map(file -> dist.relativize(file).toString())
                    .filter(file -> !named.contains(file))
                    .forEach(file -> problems.add(file + " belongs to no entry of " + LIST));
        }
        return problems;
    }

    /** The program's own Maven coordinates, {@code group/name@version}, as its jar has them. */
    static String programArtifact(Path dist) throws IOException {
        try (ZipFile jar = new ZipFile(dist.resolve(PROGRAM).toFile())) {
            List<? extends ZipEntry> found = jar.stream()
                    .filter(file -> file.getName().matches("META-INF/maven/dev.faultline/.*/pom.properties"))
                    .toList();
            Properties pom = new Properties();
            try (InputStream in = jar.getInputStream(found.get(0))) {
                pom.load(in);
            }
            return pom.getProperty("groupId") + "/" + pom.getProperty("artifactId") + "@" + pom.getProperty("version");
        }
    }

    private static boolean isOurs(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(file -> file.getName().startsWith("META-INF/maven/dev.faultline/"));
        }
    }

    private void compare(Entry entry, List<String> problems) throws IOException {
        Path jar = dist.resolve(entry.jar());
        if (!Files.isRegularFile(jar)) {
            problems.add(entry.jar() + " is in " + LIST + " and not in the distribution");
            return;
        }
        if (!entry.isCompiledIn() && !jar.endsWith(entry.fileName())) {
            problems.add(entry.jar() + " is no jar of " + entry.artifact());
        }
        List<byte[]> texts = new ArrayList<>();
        for (String text : entry.texts()) {
            if (Files.isRegularFile(dist.resolve(text)) && Files.size(dist.resolve(text)) > 0) {
                texts.add(Files.readAllBytes(dist.resolve(text)));
            } else {
                problems.add(entry.jar() + ": " + text + " is missing");
            }
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            compareTexts(entry, zip, texts, problems);
            if (entry.licence().startsWith("GPL")) {
                compareSources(entry, zip, problems);
            }
        }
        if (entry.isCompiledIn() && !Files.readString(dist.resolve("NOTICE")).contains(name(entry) + ",")) {
            problems.add("NOTICE does not name " + name(entry));
        }
    }

    private static String name(Entry entry) {
        return entry.artifact().replaceFirst("^.*?:", "").replace(':', ' ');
    }

    /** What a jar says of licences is among its texts, byte for byte. */
    private static void compareTexts(Entry entry, ZipFile jar, List<byte[]> texts, List<String> problems)
            throws IOException {
        for (ZipEntry file : files(jar)) {
            if (file.getName().matches("(?i)(META-INF/)?[^/]*(LICEN[SC]E|NOTICE|COPYING|COPYRIGHT)[^/]*")) {
                try (InputStream in = jar.getInputStream(file)) {
                    byte[] told = in.readAllBytes();
                    if (texts.stream().noneMatch(text -> Arrays.equals(text, told))) {
                        problems.add(entry.jar() + ": its " + file.getName() + " is none of its texts");
                    }
                }
            }
        }
    }

    /** Each class has its source. */
    private void compareSources(Entry entry, ZipFile jar, List<String> problems) throws IOException {
        if (entry.sources().isEmpty() || !Files.isRegularFile(dist.resolve(entry.sources()))) {
            problems.add(entry.jar() + ": is under the GPL, and its sources are missing");
            return;
        }
        try (ZipFile sources = new ZipFile(dist.resolve(entry.sources()).toFile())) {
            for (ZipEntry file : files(jar)) {
                if (file.getName().endsWith(".class") && sources.getEntry(source(jar, file)) == null) {
                    problems.add(entry.sources() + ": has no " + source(jar, file));
                }
            }
        }
    }

    /** The file that a class was compiled from. */
    private static String source(ZipFile jar, ZipEntry classFile) throws IOException {
        String[] name = {""};
        try (InputStream in = jar.getInputStream(classFile)) {
            ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
                @Override
                public void visitSource(String source, String debug) {
                    name[0] = source;
                }
            };
            new ClassReader(in).accept(visitor, ClassReader.SKIP_CODE);
        }
        return classFile.getName().replaceFirst("[^/]*$", "") + name[0];
    }

    private static List<ZipEntry> files(ZipFile zip) {
        return zip.stream()
                .filter(file -> !file.isDirectory())
                .<ZipEntry>map(file -> file)
                .toList();
    }
}
