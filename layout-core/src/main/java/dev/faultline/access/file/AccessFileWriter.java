package dev.faultline.access.file;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/** Writes access files. Members that say nothing, such as a count of 0 HITMs, are left out. */
public final class AccessFileWriter {

    private AccessFileWriter() {}

    /** {@return a file as text} */
    public static String write(AccessFile file) {
        StringBuilder out = new StringBuilder();
        try {
            write(file, out);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible); // a builder takes everything
        }
        return out.toString();
    }

    /**
     * Writes a file.
     *
     * @param file the file
     * @param out where to
     * @throws IOException when that cannot be written to
     */
    public static void write(AccessFile file, Appendable out) throws IOException {
        out.append(header(file.header())).append('\n');
        for (AccessRow row : file.rows()) {
            out.append(row(row)).append('\n');
        }
    }

    private static String header(AccessHeader header) {
        Line line = new Line();
        line.text("format", AccessFileReader.FORMAT);
        line.text("certainty", header.certainty().word());
        Line identity = new Line();
        for (Map.Entry<String, String> one : header.identity().entrySet()) {
            identity.text(one.getKey(), one.getValue());
        }
        line.raw("identity", identity.end());
        line.text("tool", header.tool());
        line.number("runs", header.runs());
        if (!Double.isNaN(header.seconds())) {
            line.raw(
                    "seconds",
                    BigDecimal.valueOf(header.seconds()).stripTrailingZeros().toPlainString());
        }
        line.text("unit", header.unit());
        if (header.seen() > 0) {
            Line coverage = new Line();
            coverage.number("seen", header.seen());
            coverage.number("attributed", header.attributed());
            line.raw("coverage", coverage.end());
        }
        return line.end();
    }

    private static String row(AccessRow row) {
        Line line = new Line();
        line.text("role", row.key().role());
        if (row.threads() > 0) {
            line.number("threads", row.threads());
        }
        if (row.cpus() > 0) {
            line.number("cpus", row.cpus());
        }
        line.text("operation", row.key().operation());
        line.text("type", row.key().type());
        if (!row.key().field().isEmpty()) {
            line.text("field", row.key().field());
        }
        if (row.key().byteOffset() >= 0) {
            line.number("byteOffset", row.key().byteOffset());
        }
        if (row.bytes() > 0) {
            line.number("bytes", row.bytes());
        }
        line.text("kind", row.key().kind().word());
        line.number("count", row.count());
        if (row.hitm() > 0) {
            line.number("hitm", row.hitm());
        }
        if (row.sameObject() >= 0) {
            line.number("sameObject", row.sameObject());
        }
        if (row.isAtLeast()) {
            line.raw("atLeast", "true");
        }
        return line.end();
    }

    /** An object on one line. */
    private static final class Line {
        private final StringBuilder out = new StringBuilder("{");

        void text(String name, String value) {
            StringBuilder quoted = new StringBuilder();
            quote(value, quoted);
            raw(name, quoted.toString());
        }

        void number(String name, long value) {
            raw(name, Long.toString(value));
        }

        void raw(String name, String value) {
            if (out.length() > 1) {
                out.append(',');
            }
            quote(name, out);
            out.append(':').append(value);
        }

        String end() {
            return out.append('}').toString();
        }

        private static void quote(String value, StringBuilder out) {
            out.append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean isOdd = c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (isOdd) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        }
    }
}
