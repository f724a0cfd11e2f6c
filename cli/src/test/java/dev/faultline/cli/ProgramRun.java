package dev.faultline.cli;

import dev.faultline.testing.FuzzInput;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run of the program.
 *
 * @param words its words; {@link #DIRECTORY} in one stands for the directory its files are in
 * @param files its files, by name
 * @param input what is on its standard input
 */
record ProgramRun(List<String> words, Map<String, byte[]> files, String input) {

    /** What words have for the directory of the files, with a slash behind. */
    static final String DIRECTORY = "DIR/";

    /**
     * Words, each on a line and escaped as in a URL, then standard input and the files, a line each: the name, then
     * what is in it.
     */
    static final FuzzInput<ProgramRun> INPUT = new FuzzInput<>() {
        @Override
        public byte[] toBytes(ProgramRun run) {
            StringBuilder text = new StringBuilder();
            run.words.forEach(word -> text.append(escaped(word)).append('\n'));
            text.append("=\n< ").append(escaped(run.input)).append('\n');
            run.files.forEach((name, bytes) -> text.append(escaped(name))
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append('\n'));
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public ProgramRun fromBytes(byte[] bytes) {
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            int end = lines.indexOf("=");
            Map<String, byte[]> files = new TreeMap<>();
            for (String line : lines.subList(end + 2, lines.size())) {
                String[] parts = line.split(" ", 2);
                files.put(read(parts[0]), Base64.getDecoder().decode(parts[1]));
            }
            return new ProgramRun(
                    lines.subList(0, end).stream().map(ProgramRun::read).toList(),
                    files,
                    read(lines.get(end + 1).substring(2)));
        }

        @Override
        public int size(ProgramRun run) {
            return run.words.size();
        }

        @Override
        public ProgramRun without(ProgramRun run, int from, int to) {
            List<String> rest = new ArrayList<>(run.words);
            rest.subList(from, to).clear();
            return new ProgramRun(ProgramRuns.harmless(rest), run.files, run.input);
        }
    };

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String read(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return what a complaint may name: files, options and all other words} */
    Set<String> names() {
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(words);
        names.addAll(List.of("standard input", "--profile", "catalogue"));
        for (String word : words) {
            names.addAll(List.of(word.replace(DIRECTORY, "").split("#")));
        }
        if (names.remove("")) {
            names.add("''"); // as an empty name is shown
        }
        return names;
    }

    /**
     * {@return whether a complaint is about what the words name, as they name it, and not about any struct of a source}
     */
    boolean namesAll() {
        return Set.of("inspect", "simulate", "suggest", "import").contains(words.get(0))
                && !words.contains("--match")
                && words.stream().allMatch(word -> word.chars().allMatch(c -> c > ' ' && c < 0x7f));
    }

    /** {@return whether standard output is to be JSON} */
    boolean asksForJson() {
        int at = words.lastIndexOf("--format");
        return at >= 0
                && at + 1 < words.size()
                && words.get(at + 1).equals("json")
                && Set.of("inspect", "report", "list", "diff", "check", "suggest", "simulate", "bench")
                        .contains(words.get(0))
                && !words.contains("-o")
                && !words.contains("--output")
                && !words.contains("--help")
                && !words.contains("-h")
                && !words.contains("--list");
    }
}
