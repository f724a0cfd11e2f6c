package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links between the Markdown pages of a checkout lead to a file and, after a {@code #}, to a heading of it. */
class LinksTest {

    /** {@code [text](target)}, {@code [text]: target}. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+\\]:\\s+(\\S+)", Pattern.MULTILINE);

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream.concat(top, docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !page.toString().contains("target"))
                    .map(Path::normalize)
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    private static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
    }

    /** Without code, in which brackets are no links. */
    private static String linked(Path page) throws IOException {
        return prose(page).replaceAll("(?m)^ {4}.*$", "").replaceAll("`[^`\n]*(?:\n[^`\n]+)*`", "");
    }

    /** The names that GitHub gives the headings of a page; a repeated heading has a number behind its name. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(prose(page));
        while (heading.find()) {
            String words = heading.group(1).strip().replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
            String anchor = words.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            for (int repeated = 1; !anchors.add(anchor); repeated++) {
                anchor = anchor.replaceFirst("-" + (repeated - 1) + "$", "") + "-" + repeated;
            }
        }
        return anchors;
    }

    private static boolean isDead(Path page, String target) throws IOException {
        if (target.matches("[a-z]+:.*")) {
            return false;
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return !Files.exists(file)
                || parts.length == 2
                        && file.toString().endsWith(".md")
                        && !anchors(file).contains(parts[1]);
    }

    @Test
    void no_link_between_pages_is_dead() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(linked(page));
            while (link.find()) {
                String target = link.group(1) != null ? link.group(1) : link.group(2);
                links++;
                if (isDead(page, target)) {
                    dead.add(page + ": " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    @Test
    void a_link_to_no_file_or_no_heading_is_dead() throws IOException {
        Path readme = Path.of("README.md");
        assertThat(isDead(readme, "docs/no-such-page.md")).isTrue();
        assertThat(isDead(readme, "docs/validation.md#no-such-heading")).isTrue();
        assertThat(isDead(readme, "docs/validation.md#5-measured-here")).isFalse();
        assertThat(isDead(readme, "#installing-it")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", "docs/hazards"})
    void every_page_is_linked_from_the_index_beside_it(Path directory) throws IOException {
        String index = Files.readString(directory.resolve("README.md"));
        try (Stream<Path> docs = Files.list(directory)) {
            assertThat(docs.map(page -> page.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
                    .allMatch(name -> index.contains("](" + name));
        }
    }
}
