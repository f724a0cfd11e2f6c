package dev.faultline.cli.command;

import dev.faultline.cli.option.Format;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.html.HtmlReportWriter;
import dev.faultline.report.json.JsonReportWriter;
import dev.faultline.report.text.TextReportWriter;
import java.io.IOException;
import java.io.Writer;

/** Begins a report in the format asked for. */
final class Reports {

    private Reports() {}

    static ReportWriter begin(Format format, boolean color, boolean expand, Writer out) throws IOException {
        return switch (format) {
            case HTML -> new HtmlReportWriter(out);
            case JSON -> new JsonReportWriter(out);
            case TEXT -> new TextReportWriter(out, color, expand);
        };
    }
}
