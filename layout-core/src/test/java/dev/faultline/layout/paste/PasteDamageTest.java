package dev.faultline.layout.paste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What mail, web pages and terminals do to a text as a whole does not change what is read. */
class PasteDamageTest {

    private static final String TEXT = """
            struct slot {
            \tlong unsigned int          sequence;             /*     0     8 */
            \tvoid *                     owner;                /*     8     8 */

            \t/* size: 16, cachelines: 1, members: 2 */
            \t/* last cacheline: 16 bytes */
            };
            struct ring {
            \tstruct slot                first;                /*     0    16 */
            \tint                        head:3;               /*    16: 0  4 */
            \tint                        tail:5;               /*    16: 3  4 */

            \t/* XXX 24 bits hole, try to pack */
            \t/* XXX 4 bytes hole, try to pack */

            \tunion {
            \t\tvoid (*            wake)(struct ring *, int);  /*    24     8 */
            \t\tstruct {
            \t\t\tint        low;                    /*    24     4 */
            \t\t\tint        high;                   /*    28     4 */
            \t\t};                                 /*    24     8 */
            \t};                                         /*    24     8 */
            \tchar                       name[2][16];          /*    32    32 */
            \t/* --- cacheline 1 boundary (64 bytes) --- */
            \tvolatile unsigned int      users;                /*    64     4 */

            \t/* size: 72, cachelines: 2, members: 6 */
            \t/* sum members: 60, holes: 1, sum holes: 4 */
            \t/* padding: 4 */
            \t/* last cacheline: 8 bytes */
            };
            """;

    private static final List<String> LINES = TEXT.lines().toList();

    /** {@return the text with something done to each of its lines} */
    private static String each(UnaryOperator<String> change) {
        return LINES.stream().map(change).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String numbered(String format, int first) {
        return IntStream.range(0, LINES.size())
                .mapToObj(i -> String.format(format, first + i) + LINES.get(i))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** {@return lines that are broken behind the last blank before a column} */
    private static String wrapped(int width, String mark) {
        return LINES.stream()
                .map(line -> line.replace("\t", "        "))
                .flatMap(line -> {
                    int at = line.length() > width ? line.lastIndexOf(' ', width) : -1;
                    boolean hasWords = at > 0 && !line.substring(0, at).isBlank();
                    return hasWords ? Stream.of(line.substring(0, at), line.substring(at + 1)) : Stream.of(line);
                })
                .map(line -> mark + line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quotedPrintable() {
        return each(line -> {
            String encoded = line.replace("=", "=3D").replace("\t", "=09");
            StringBuilder out = new StringBuilder();
            while (encoded.length() > 40) {
                int at = encoded.lastIndexOf('=', 40) > 37 ? 37 : 40;
                out.append(encoded, 0, at).append("=\n");
                encoded = encoded.substring(at);
            }
            return out + encoded + "=20";
        });
    }

    private static String html() {
        String escaped = TEXT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<div class=\"c\"><pre><code class=\"language-c\">"
                + escaped.replace("struct", "<span class=\"k\">struct</span>")
                        .replace("users", "<b>us</b>ers")
                        .replace("        ", "&nbsp;&nbsp;&nbsp; &nbsp;   ")
                + "</code></pre></div>\n";
    }

    private static Map<String, String> damages() {
        Map<String, String> damages = new TreeMap<>();
        damages.put("a quote", each(line -> "> " + line));
        damages.put("a quote of quotes", each(line -> "> >> > " + line));
        damages.put("quote marks without blanks", each(line -> ">" + line));
        damages.put("bars", each(line -> "| " + line));
        damages.put("a table", each(line -> "| " + line + " |"));
        damages.put("colons", each(line -> ": " + line));
        damages.put("initials", each(line -> "JD> " + line));
        damages.put("initials in a quote", each(line -> "> JD> " + line));
        damages.put("wrapped at 60", wrapped(60, ""));
        damages.put("wrapped at 68 in a quote", wrapped(68, "> "));
        damages.put("wrapped at 40 in a quote", wrapped(40, "> > "));
        damages.put("no-break blanks", TEXT.replace(' ', '\u00a0'));
        damages.put("thin blanks", TEXT.replace(" ", "\u2009\u200b"));
        damages.put("invisible characters in words", "\ufeff" + TEXT.replace("ring", "r\u00adi\u200bng"));
        damages.put("lines of Windows", TEXT.replace("\n", "\r\n"));
        damages.put("lines of old Macintoshes", TEXT.replace("\n", "\r"));
        damages.put("lines of Windows, twice", TEXT.replace("\n", "\r\r\n"));
        damages.put("form feeds", TEXT.replace("struct ring {", "\fstruct ring {"));
        damages.put("colours", TEXT.replace("struct", "\u001b[01;31m\u001b[Kstruct\u001b[m\u001b[K"));
        damages.put("colours within words", TEXT.replace("users", "us\u001b[1mer\u001b[0ms"));
        damages.put("overstrikes", TEXT.replace("users", "u\bus\bse\ber\brs\bs"));
        damages.put("quoted-printable", quotedPrintable());
        damages.put("HTML", html());
        damages.put("HTML with line breaks", each(line -> line + "<br>"));
        damages.put("line numbers", numbered("%5d  ", 98));
        damages.put("line numbers with colons", numbered("%d:", 98));
        damages.put("line numbers of two sides", numbered("%d\t120\t", 7));
        damages.put("line numbers on their own lines", numbered("%d\n", 1));
        damages.put("line numbers with bars", numbered("%4d | ", 1));
        damages.put("paths of grep", numbered("include/net/ring.h:%d:", 41));
        damages.put("contexts of grep", numbered("ring.h-%d-", 41));
        damages.put("stamps of the kernel", numbered("[   12.34%04d] ", 1));
        damages.put("stamps of the kernel with tasks", numbered("<6>[ 7112.3%05d][  T417] ", 1));
        damages.put("stamps of syslog", numbered("Jan  2 10:11:%02d host kernel: [    1.234567] ", 10));
        damages.put("stamps of a build", numbered("2024-01-02T10:11:%02d.1234567Z ", 10));
        damages.put("continued lines", each(line -> line + " \\"));
        damages.put("added lines", each(line -> "+" + line));
        damages.put("added lines in a quote", each(line -> "> +" + line));
        damages.put(
                "a new file",
                "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,36 @@\n"
                        + each(line -> "+" + line) + "-- \n2.34.1\n");
        damages.put("a fence", "Like so:\n```c\n" + TEXT + "```\nThat's all, see <https://a.b/c/*.h> or 'x.\n");
        damages.put("a prompt", "me@host:~$ pahole -C 'ring' ./a.out # struct ring {\n" + TEXT + "me@host:~$ \n");
        damages.put(
                "prose",
                "What's struct ring; or struct ring { in ring.h }? See struct ring\n{ of drivers/ring/*.c }:\n\n" + TEXT
                        + "\nIs struct slot { used } anywhere?\n");
        damages.put("places of declarations", "/* Used at: a.c */\n/* <1c6> /src/a.c:12 */\n" + TEXT);
        return damages;
    }

    static Stream<String> names() {
        return damages().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_damaged_text_is_read_like_the_text(String name) {
        TextLayouts damaged = NotationReader.readAll("mail", damages().get(name));
        assertThat(damaged.skipped()).isEmpty();
        assertThat(damaged.layouts().stream().map(PasteDamageTest::facts))
                .isEqualTo(NotationReader.read("text", TEXT).stream()
                        .map(PasteDamageTest::facts)
                        .toList());
    }

    private static String facts(StructLayout layout) {
        return layout.spelling() + " " + layout.byteSize() + " "
                + layout.slots().stream().map(Slot::toString).toList();
    }
}
