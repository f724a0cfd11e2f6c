package dev.faultline.layout.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.jvm.ForeignJdk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random memory layouts are read from what the JDK prints about them as the JDK itself lays them out. */
class MemoryLayoutTextTest {

    private static final int LAYOUTS = 3000;

    /** A size whose digits run into those of the next alignment: the text may have two readings. */
    private static final Pattern JOINED = Pattern.compile("[a-zA-Z]\\d{2,}%");

    /** Prints random layouts: the text, then size, alignment, and each value and sequence with offset and size. */
    private static final String PROGRAM = """
            import java.lang.foreign.*;
            import java.util.*;
            class Layouts {
              static Random random;
              static int names;
              public static void main(String[] a) {
                random = new Random(Long.parseLong(a[0]));
                StringBuilder out = new StringBuilder();
                for (int i = Integer.parseInt(a[1]); i > 0; i--) {
                  MemoryLayout layout;
                  do { layout = group(3); } while (layout.byteSize() == 0);
                  out.append(layout).append('\\t').append(layout.byteSize()).append(' ');
                  out.append(layout.byteAlignment());
                  leaves(layout, "", 0, out);
                  out.append('\\n');
                }
                System.out.print(out);
              }
              static final ValueLayout[] VALUES = {ValueLayout.JAVA_BOOLEAN, ValueLayout.JAVA_BYTE,
                  ValueLayout.JAVA_CHAR, ValueLayout.JAVA_SHORT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_FLOAT, ValueLayout.JAVA_DOUBLE, ValueLayout.ADDRESS};
              static MemoryLayout any(int depth) {
                int kind = random.nextInt(depth > 0 ? 12 : 7);
                MemoryLayout made = kind < 6 ? value() : kind == 6 ? MemoryLayout.paddingLayout(1 + random.nextInt(9))
                    : kind < 9 ? sequence(depth) : group(depth - 1);
                return made;
              }
              static MemoryLayout value() {
                ValueLayout value = VALUES[random.nextInt(VALUES.length)];
                if (random.nextInt(4) == 0) { value = value.withOrder(java.nio.ByteOrder.BIG_ENDIAN); }
                if (value instanceof AddressLayout address && random.nextBoolean()) {
                  value = address.withTargetLayout(group(0));
                }
                MemoryLayout made = value;
                if (random.nextInt(5) == 0) { made = value.withByteAlignment(1L << random.nextInt(7)); }
                return named(made);
              }
              static MemoryLayout sequence(int depth) {
                MemoryLayout element = any(depth - 1);
                long rest = element.byteSize() % element.byteAlignment();
                if (rest != 0) { element = ValueLayout.JAVA_INT; }
                return named(MemoryLayout.sequenceLayout(random.nextInt(5), element));
              }
              static MemoryLayout named(MemoryLayout layout) {
                String[] odd = {"", " b", "()", "é", "[2]", "(a|b)"};
                return random.nextInt(6) == 0 ? layout
                    : layout.withName("n" + names++ + odd[random.nextInt(20) == 0 ? random.nextInt(odd.length) : 0]);
              }
              static MemoryLayout group(int depth) {
                List<MemoryLayout> members = new ArrayList<>();
                boolean union = random.nextInt(4) == 0;
                long end = 0;
                for (int i = random.nextInt(6); i >= 0; i--) {
                  MemoryLayout member = any(depth);
                  long gap = -end & (member.byteAlignment() - 1);
                  if (gap != 0 && !union) { members.add(MemoryLayout.paddingLayout(gap)); end += gap; }
                  members.add(member);
                  end += union ? 0 : member.byteSize();
                }
                if (union && members.size() == 1) { members.add(ValueLayout.JAVA_BYTE); }
                MemoryLayout[] all = members.toArray(MemoryLayout[]::new);
                MemoryLayout made = union ? MemoryLayout.unionLayout(all) : MemoryLayout.structLayout(all);
                long rest = made.byteSize() & (made.byteAlignment() - 1);
                if (rest != 0 && !union) {
                  members.add(MemoryLayout.paddingLayout(made.byteAlignment() - rest));
                  made = MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
                }
                if (random.nextInt(6) == 0) { made = made.withByteAlignment(made.byteAlignment() * 4); }
                return named(made);
              }
              static boolean isPadding(MemoryLayout layout) {
                return layout instanceof PaddingLayout
                    || layout instanceof SequenceLayout sequence && isPadding(sequence.elementLayout());
              }
              static void leaves(MemoryLayout layout, String path, long at, StringBuilder out) {
                if (!(layout instanceof GroupLayout group)) {
                  if (layout.byteSize() > 0) {
                    out.append('\\t').append(path).append('@').append(at).append('+').append(layout.byteSize());
                  }
                  return;
                }
                int number = 0;
                for (MemoryLayout member : group.memberLayouts()) {
                  if (!isPadding(member)) {
                    String name = member.name().orElse("");
                    String own = name.isEmpty() ? "unnamed" + number : name;
                    leaves(member, path.isEmpty() ? own : path + "." + own, at, out);
                    number++;
                  }
                  at += group instanceof StructLayout ? member.byteSize() : 0;
                }
              }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void whatTheJdkPrintsIsReadAsItLaysItOut() throws Exception {
        Optional<Path> jdk = ForeignJdk.home();
        assumeTrue(jdk.isPresent());
        long seed = Long.getLong("faultline.seed", System.nanoTime());
        System.out.println("random memory layouts: -Dfaultline.seed=" + seed);
        Path program = Files.writeString(directory.resolve("Layouts.java"), PROGRAM);
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        jdk.get().resolve("bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        program.toString(),
                        Long.toString(seed),
                        Integer.toString(LAYOUTS))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(lines).hasSize(LAYOUTS);
        int joined = 0;
        int wrong = 0;
        for (String line : lines) {
            String[] words = line.split("\t");
            Set<String> printed = new TreeSet<>(Arrays.asList(words).subList(1, words.length));
            if (JOINED.matcher(words[0]).find()) {
                joined++;
                wrong += read(words[0]).equals(printed) ? 0 : 1;
            } else {
                assertThat(read(words[0])).as(words[0]).isEqualTo(printed);
            }
        }
        assertThat(wrong).as("of " + joined + " texts that have two readings").isLessThan(joined / 5 + 1);
    }

    private static Set<String> read(String text) {
        StructLayout layout = MemoryLayoutReader.read("jdk", text).get(0);
        Set<String> read = new TreeSet<>(Set.of(layout.byteSize() + " " + layout.byteAlignment()));
        layout.fields().stream()
                .filter(field -> field.byteSize() > 0)
                .forEach(field -> read.add(field.path() + "@" + field.byteOffset() + "+" + field.byteSize()));
        return read;
    }
}
