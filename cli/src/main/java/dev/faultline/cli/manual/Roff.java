package dev.faultline.cli.manual;

import java.util.List;

/** Writes text in the macros of man(7), with everything escaped that would be one of them. */
final class Roff {

    private final StringBuilder text = new StringBuilder();

    /** Adds a macro with quoted arguments. */
    void macro(String name, String... arguments) {
        text.append('.').append(name);
        for (String argument : arguments) {
            text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        text.append('\n');
    }

    /** Begins a section. */
    void section(String title) {
        macro("SH", title);
    }

    /** Adds a line of running text. */
    void line(String line) {
        String escaped = escaped(line);
        // at the beginning of a line these two begin a request
        text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    /** Adds an item with its description indented below. */
    void item(String term, String description) {
        macro("TP");
        text.append("\\fB").append(escaped(term)).append("\\fR\n");
        line(description);
    }

    /** Adds lines as they are, indented lines two columns less. */
    void example(List<String> lines) {
        macro("EX");
        lines.forEach(example -> line(example.startsWith("  ") ? example.substring(2) : example));
        macro("EE");
    }

    /** Adds paragraphs, parted by blank lines; lines that are indented stay as they are. */
    void paragraphs(List<String> lines) {
        boolean verbatim = false;
        boolean first = true;
        for (String line : lines) {
            boolean indented = line.startsWith("  ");
            if (indented != verbatim && !line.isEmpty()) {
                macro(indented ? "EX" : "EE");
                verbatim = indented;
            }
            if (line.isEmpty()) {
                if (!first && !verbatim) {
                    macro("PP");
                }
            } else {
                line(line);
            }
            first = false;
        }
        if (verbatim) {
            macro("EE");
        }
    }

    private static String escaped(String plain) {
        return plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti")
                .replace("`", "\\(ga");
    }

    /** {@return all that was added} */
    String text() {
        return text.toString();
    }
}
