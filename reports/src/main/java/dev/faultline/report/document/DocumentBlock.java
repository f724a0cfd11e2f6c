package dev.faultline.report.document;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A piece of a {@link Document}. Its texts are plain: no format's marks are in them, and none may be taken for marks.
 * Renderers are {@link Visitor}s, so that a block they do not know does not compile.
 */
public sealed interface DocumentBlock {

    /** Calls the method of the visitor that is for this block. */
    void accept(Visitor visitor) throws IOException;

    /** Renders blocks; one method for each kind. */
    interface Visitor {
        void heading(Heading block) throws IOException;

        void paragraph(Paragraph block) throws IOException;

        void facts(Facts block) throws IOException;

        void table(Table block) throws IOException;

        void findings(Findings block) throws IOException;

        void lineMaps(LineMaps block) throws IOException;

        void chart(Chart block) throws IOException;

        void code(Code block) throws IOException;

        void folded(Folded block) throws IOException;
    }

    /** The title of what follows, up to the next one. */
    record Heading(String text) implements DocumentBlock {
        public Heading {
            Objects.requireNonNull(text);
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.heading(this);
        }
    }

    /** One or more sentences. */
    record Paragraph(Tone tone, String text) implements DocumentBlock {
        public Paragraph {
            Objects.requireNonNull(tone);
            Objects.requireNonNull(text);
        }

        /** {@return one that is neither good nor bad news} */
        public static Paragraph of(String text) {
            return new Paragraph(Tone.PLAIN, text);
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.paragraph(this);
        }
    }

    /** Names and what they stand for: {@code machine}, {@code placement}. */
    record Facts(List<Fact> facts) implements DocumentBlock {
        public Facts {
            facts = List.copyOf(facts);
        }

        /** {@return a single fact} */
        public static Facts of(String name, String text) {
            return new Facts(List.of(new Fact(name, text)));
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.facts(this);
        }
    }

    /** One of {@link Facts}; without a name it is a further line of the one before. */
    record Fact(String name, String text) {
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
    record Table(String caption, List<Column> columns, List<Row> rows) implements DocumentBlock {
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

        /** {@return a table of one column of sentences} */
        public static Table ofLines(String caption, List<String> lines) {
            return new Table(
                    caption,
                    List.of(Column.text("")),
                    lines.stream().map(Row::of).toList());
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.table(this);
        }
    }

    /** The head of a column and what its cells hold. */
    record Column(String head, Kind kind) {
        public Column {
            Objects.requireNonNull(head);
            Objects.requireNonNull(kind);
        }

        /** What the cells of a column hold. */
        public enum Kind {
            /** Names or words. */
            TEXT,
            /** Numbers, which stand to the right. */
            NUMBER,
            /** Sentences, which text writes below the row. */
            DETAIL
        }

        /** {@return a column of names or words} */
        public static Column text(String head) {
            return new Column(head, Kind.TEXT);
        }

        /** {@return a column of numbers} */
        public static Column number(String head) {
            return new Column(head, Kind.NUMBER);
        }

        /** {@return a column of sentences} */
        public static Column detail(String head) {
            return new Column(head, Kind.DETAIL);
        }
    }

    /** A row of a table. */
    record Row(Tone tone, List<String> cells) {
        public Row {
            Objects.requireNonNull(tone);
            cells = List.copyOf(cells);
        }

        /** {@return a row that is neither good nor bad news} */
        public static Row of(String... cells) {
            return new Row(Tone.PLAIN, List.of(cells));
        }

        /** {@return a row} */
        public static Row of(Tone tone, String... cells) {
            return new Row(tone, List.of(cells));
        }
    }

    /** What is wrong with a struct. */
    record Findings(List<FindingEntry> entries) implements DocumentBlock {
        public Findings {
            entries = List.copyOf(entries);
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.findings(this);
        }
    }

    /** The lines of a struct and who accesses them; of two structs, before and after. */
    record LineMaps(List<StructLines> maps) implements DocumentBlock {
        public LineMaps {
            maps = List.copyOf(maps);
            if (maps.isEmpty()) {
                throw new IllegalArgumentException("a line map needs a struct");
            }
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.lineMaps(this);
        }
    }

    /**
     * Values over labels, each with its interval where that is known.
     *
     * @param caption what it shows
     * @param across the unit of the labels: {@code "CPUs"}
     * @param up the unit of the values: {@code "ns per operation"}
     * @param isLogarithmic whether values are compared by ratio; if not, they are compared by the length of bars from 0
     * @param series in order; the first is what others are compared with
     */
    record Chart(String caption, String across, String up, boolean isLogarithmic, List<Series> series)
            implements DocumentBlock {
        public Chart {
            Objects.requireNonNull(caption);
            Objects.requireNonNull(across);
            Objects.requireNonNull(up);
            series = List.copyOf(series);
        }

        /** {@return what the chart shows, with units} */
        public String title() {
            return caption + ": " + up + " by " + across;
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.chart(this);
        }
    }

    /** Points that belong together. */
    record Series(String name, List<Point> points) {
        public Series {
            Objects.requireNonNull(name);
            points = List.copyOf(points);
        }
    }

    /**
     * A value and its interval; without an interval all three values are the same.
     *
     * @param label where it is across, in words: {@code "56"}, {@code "rcuref"}
     * @param value the value
     * @param low the lower end of its interval
     * @param high the upper end of its interval
     * @param words the value in words: {@code "5.0 M/s"}
     */
    record Point(String label, double value, double low, double high, String words) {
        public Point {
            Objects.requireNonNull(label);
            Objects.requireNonNull(words);
            if (!(low <= value && value <= high)) {
                throw new IllegalArgumentException(label + ": " + value + " is not from " + low + " to " + high);
            }
        }

        /** {@return a value without an interval} */
        public static Point exactly(String label, double value, String words) {
            return new Point(label, value, value, value, words);
        }
    }

    /**
     * Text of a language, as it is. Formats that can fold do so.
     *
     * @param caption what it is
     * @param language {@code "c"}, {@code "diff"}
     * @param text gives its lines; asked only by formats that show them
     */
    record Code(String caption, String language, Supplier<String> text) implements DocumentBlock {
        public Code {
            Objects.requireNonNull(caption);
            Objects.requireNonNull(language);
            Objects.requireNonNull(text);
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.code(this);
        }
    }

    /** Details that a reader opens; text shows them with the summary as their heading. */
    record Folded(String summary, List<DocumentBlock> blocks) implements DocumentBlock {
        public Folded {
            Objects.requireNonNull(summary);
            blocks = List.copyOf(blocks);
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            visitor.folded(this);
        }
    }
}
