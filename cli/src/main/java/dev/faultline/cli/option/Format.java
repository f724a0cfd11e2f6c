package dev.faultline.cli.option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

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
    /** One line map, for a document. */
    SVG("svg");

    private final List<String> endings;

    Format(String... endings) {
        this.endings = List.of(endings);
    }

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the format that files of such a name are in, when their ending tells} */
    public static Optional<Format> ofFile(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.endings.contains(ending))
                .findFirst();
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return Words.parse(word, Arrays.asList(values()), Format::word);
        }
    }
}
