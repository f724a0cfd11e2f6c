package dev.faultline.report.text;

import dev.faultline.report.view.StructView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;

/** Writes the lines of a struct and who touches what on them. */
final class LineRows {

    private LineRows() {}

    static void write(List<StructView.Line> map, int width, TextLines lines) throws IOException {
        for (StructView.Line line : map) {
            String head = String.format(
                    "line %-3s %5d..%-5d ",
                    line.numbers(), line.bytes().start(), line.bytes().end() - 1);
            String written = line.written().isEmpty() ? "" : "written: " + String.join(", ", line.written());
            String read = line.read().isEmpty() ? "" : "read: " + String.join(", ", line.read());
            String text = written + (written.isEmpty() || read.isEmpty() ? "" : " · ") + read;
            String indent = " ".repeat(head.length());
            boolean first = true;
            for (String part : Wrapping.wrap(text, width - head.length())) {
                lines.add((first ? head : indent) + part).end();
                first = false;
            }
        }
    }
}
