package dev.faultline.report.document;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import java.util.List;
import java.util.Objects;

/** A piece of a {@link Document}. Texts are plain: no format's marks are in them, and none may be taken for marks. */
public sealed interface Block {

    /** The title of what follows, up to the next one. */
    record Heading(String text) implements Block {
        /** Refuses null. */
        public Heading {
            Objects.requireNonNull(text);
        }
    }

    /** Some sentences. */
    record Paragraph(Tone tone, String text) implements Block {
        /** Refuses nulls. */
        public Paragraph {
            Objects.requireNonNull(tone);
            Objects.requireNonNull(text);
        }

        /** {@return one that is neither good nor bad news} */
        public static Paragraph of(String text) {
            return new Paragraph(Tone.PLAIN, text);
        }
    }

    /** Names and what they stand for: {@code machine}, {@code placement}. */
    record Facts(List<Fact> facts) implements Block {
        /** Copies the list. */
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** One of {@link Facts}. */
    record Fact(String name, String text) {
        /** Refuses nulls. */
        public Fact {
            Objects.requireNonNull(name);
            Objects.requireNonNull(text);
        }
    }

    /**
     * A table.
     *
     * @param caption what it shows; may be empty
     * @param columns what is in each column
     * @param rows as many cells as columns in each
     */
    record Table(String caption, List<Column> columns, List<Row> rows) implements Block {
        /** Copies the lists; refuses a row of another length. */
        public Table {
            Objects.requireNonNull(caption);
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            for (Row row : rows) {
                if (row.cells().size() != columns.size()) {
                    throw new IllegalArgumentException(
                            caption + ": " + columns.size() + " columns, and a row of " + row.cells());
                }
            }
        }
    }

    /** The head of a column; numbers stand to the right. */
    record Column(String head, boolean isNumber) {
        /** Refuses null. */
        public Column {
            Objects.requireNonNull(head);
        }
    }

    /** A row of a table. */
    record Row(Tone tone, List<String> cells) {
        /** Copies the list. */
        public Row {
            Objects.requireNonNull(tone);
            cells = List.copyOf(cells);
        }

        /** {@return a row that is neither good nor bad news} */
        public static Row of(String... cells) {
            return new Row(Tone.PLAIN, List.of(cells));
        }
    }

    /** What is wrong with a struct. */
    record Findings(List<Finding> findings) implements Block {
        /** Copies the list. */
        public Findings {
            findings = List.copyOf(findings);
        }
    }

    /** The lines of a struct, and who is on them; of two, before and after. */
    record LineMaps(List<Analysis> analyses) implements Block {
        /** Copies the list; refuses none. */
        public LineMaps {
            analyses = List.copyOf(analyses);
            if (analyses.isEmpty()) {
                throw new IllegalArgumentException("a line map needs a struct");
            }
        }
    }

    /**
     * Values over labels, each with its interval where that is known.
     *
     * @param caption what it shows
     * @param across what is across: {@code "CPUs"}
     * @param up what is up: {@code "ns an operation"}
     * @param isLogarithmic whether values are compared by ratio
     * @param series in order; the first is what others are compared with
     */
    record Chart(String caption, String across, String up, boolean isLogarithmic, List<Series> series)
            implements Block {
        /** Copies the list. */
        public Chart {
            Objects.requireNonNull(caption);
            Objects.requireNonNull(across);
            Objects.requireNonNull(up);
            series = List.copyOf(series);
        }
    }

    /** Points that belong together. */
    record Series(String name, List<Point> points) {
        /** Copies the list. */
        public Series {
            Objects.requireNonNull(name);
            points = List.copyOf(points);
        }
    }

    /**
     * A value, and between which two it is when that is known; else all three are the same.
     *
     * @param label where it is across, in words: {@code "56"}, {@code "rcuref"}
     * @param value the value
     * @param low what it is at least
     * @param high what it is at most
     */
    record Point(String label, double value, double low, double high) {
        /** Refuses what is no interval around the value. */
        public Point {
            Objects.requireNonNull(label);
            if (!(low <= value && value <= high)) {
                throw new IllegalArgumentException(label + ": " + value + " is not from " + low + " to " + high);
            }
        }
    }

    /** Text of a language, as it is: {@code "c"}, {@code "diff"}. */
    record Code(String language, String text) implements Block {
        /** Refuses nulls. */
        public Code {
            Objects.requireNonNull(language);
            Objects.requireNonNull(text);
        }
    }

    /** What only those want who open it. */
    record Folded(String summary, List<Block> blocks) implements Block {
        /** Copies the list. */
        public Folded {
            Objects.requireNonNull(summary);
            blocks = List.copyOf(blocks);
        }
    }
}
