package dev.faultline.report.html;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.StructSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row for each struct and each finding, as JSON from which the script makes tables:
 *
 * <pre>
 * {lineBytes, rules: [id],
 *  structs: [[name, kind, size, lines, unused, cost words, cost, errors, warnings, infos, chunk, place]],
 *  hazards: [[struct, place among its findings, rule, severity 0..2, fields, saving words, CPUs words, CPUs]]}
 * </pre>
 */
final class Overview {

    private final StringBuilder structs = new StringBuilder();
    private final StringBuilder hazards = new StringBuilder();
    private final List<String> rules = new ArrayList<>();
    private int structCount;
    private int hazardCount;
    private int lineBytes;

    void add(Document document, int chunk, int place) {
        List<FindingEntry> findings = document.blocks().stream()
                .filter(DocumentBlock.Findings.class::isInstance)
                .flatMap(block -> ((DocumentBlock.Findings) block).entries().stream())
                .toList();
        structs.append(structCount == 0 ? "[" : ",[");
        HtmlEscaper.json(document.title(), structs);
        document.summary().ifPresent(this::figures);
        for (int level = 2; level >= 0; level--) {
            int wanted = level;
            structs.append(',')
                    .append(findings.stream()
                            .filter(finding -> finding.level() == wanted)
                            .count());
        }
        structs.append(',').append(chunk).append(',').append(place).append("]\n");
        for (int i = 0; i < findings.size(); i++) {
            hazard(findings.get(i), i);
        }
        structCount++;
    }

    private void figures(StructSummary summary) {
        lineBytes = summary.lineBytes();
        structs.append(",\"").append(summary.kind()).append("\",");
        structs.append(summary.byteSize()).append(',').append(summary.lines());
        structs.append(',').append(summary.unusedBytes()).append(',');
        HtmlEscaper.json(summary.costWords(), structs);
        structs.append(',').append((float) summary.cpusLost());
    }

    private void hazard(FindingEntry finding, int place) {
        int rule = rules.indexOf(finding.rule());
        if (rule < 0) {
            rule = rules.size();
            rules.add(finding.rule());
        }
        hazards.append(hazardCount++ == 0 ? "[" : ",[").append(structCount);
        hazards.append(',').append(place).append(',').append(rule);
        hazards.append(',').append(finding.level()).append(',');
        HtmlEscaper.json(String.join(", ", finding.fields()), hazards);
        hazards.append(',');
        HtmlEscaper.json(finding.saving().perOperation(), hazards);
        hazards.append(',');
        HtmlEscaper.json(finding.saving().cpuTime(), hazards);
        hazards.append(',').append((float) finding.saving().cpus()).append("]\n");
    }

    void write(Writer out, CompressedText compressed, CharSequence aside) throws IOException {
        StringBuilder all = new StringBuilder(structs.length() + hazards.length() + 1000);
        all.append("{\"lineBytes\":").append(lineBytes).append(",\"rules\":[");
        for (int i = 0; i < rules.size(); i++) {
            all.append(i == 0 ? "" : ",");
            HtmlEscaper.json(rules.get(i), all);
        }
        all.append("],\n\"structs\":[")
                .append(structs)
                .append("],\n\"hazards\":[")
                .append(hazards)
                .append("]}");
        compressed.write("overview-data", all);
        out.write("<section id=\"overview\"><h1 tabindex=\"-1\">"
                + String.format(Locale.ROOT, "%,d structs, %,d hazards", structCount, hazardCount) + "</h1>\n"
                + "<noscript>The script of this page, which unpacks what it holds, is not allowed to run.</noscript>"
                + aside + "</section>\n"
                + "<section id=\"struct\" hidden></section>\n");
    }
}
