package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a report is written. */
public enum Format {
    /** For people at a terminal. */
    TEXT("txt"),

    /** For programs. */
    JSON("json"),

    /** For a browser. */
    HTML("html", "htm"),

    /** For a comment on a pull request. */
    MARKDOWN("md", "markdown"),

    /** For code scanning. */
    SARIF("sarif"),

    /** For the log of a workflow of GitHub, which shows annotations at the lines of a pull request. */
    GITHUB(),

    /** For the mail that a patch comes with. */
    MAIL(),

    /** One line map, for a document. */
    SVG("svg");

    private final List<String> endings;

    Format(String... endings) {
        this.endings = List.of(endings);
    }

    /** {@return the word that stands for it} */
    public String word() {
        return Keywords.of(this);
    }

    /** {@return the format of files whose names end so, without the dot and in lower case} */
    static Optional<Format> ofEnding(String ending) {
        return Arrays.stream(values())
                .filter(format -> format.endings.contains(ending))
                .findFirst();
    }

    /** {@return every ending that tells a format, with its dot} */
    static List<String> allEndings() {
        return Arrays.stream(values())
                .flatMap(format -> format.endings.stream())
                .map(ending -> "." + ending)
                .toList();
    }
}
