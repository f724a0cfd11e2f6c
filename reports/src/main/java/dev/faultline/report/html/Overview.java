package dev.faultline.report.html;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.report.view.StructView;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * All structs and hazards in brief, as JSON for the script to make tables of:
 *
 * <pre>
 * {lineBytes, rules: [id], structs: [[name, kind, size, lines, unused, cost words, cost, errors, warnings, infos, chunk, place]],
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

    void add(Analysis analysis, int chunk, int place) {
        StructView view = new StructView(analysis);
        lineBytes = view.lineBytes();
        structs.append(structCount == 0 ? "[" : ",[");
        Safe.json(analysis.subject().reference(), structs);
        structs.append(",\"").append(view.layout().kind().keyword()).append("\",");
        structs.append(view.layout().byteSize())
                .append(',')
                .append(view.lines())
                .append(',')
                .append(view.unusedBytes());
        structs.append(',');
        Safe.json(view.cpusLost(), structs);
        structs.append(',')
                .append(analysis.bill()
                        .map(bill -> (float) bill.cpusLost())
                        .orElse(-1f)
                        .floatValue());
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            structs.append(',').append(view.count(severity));
        }
        structs.append(',').append(chunk).append(',').append(place).append("]\n");
        for (int i = 0; i < analysis.findings().size(); i++) {
            hazard(analysis.findings().get(i), i);
        }
        structCount++;
    }

    private void hazard(Finding finding, int place) {
        int rule = rules.indexOf(finding.rule());
        if (rule < 0) {
            rule = rules.size();
            rules.add(finding.rule());
        }
        hazards.append(hazardCount++ == 0 ? "[" : ",[")
                .append(structCount)
                .append(',')
                .append(place)
                .append(',')
                .append(rule);
        hazards.append(',').append(finding.severity().ordinal()).append(',');
        Safe.json(String.join(", ", finding.fields()), hazards);
        hazards.append(',');
        Safe.json(StructView.saving(finding), hazards);
        hazards.append(',');
        Safe.json(StructView.cpusSaved(finding), hazards);
        hazards.append(',')
                .append(finding.saving()
                        .map(saving -> (float) saving.cpusSaved())
                        .orElse(0f)
                        .floatValue());
        hazards.append("]\n");
    }

    void write(Writer out, Packed packed) throws IOException {
        StringBuilder all = new StringBuilder(structs.length() + hazards.length() + 1000);
        all.append("{\"lineBytes\":").append(lineBytes).append(",\"rules\":[");
        for (int i = 0; i < rules.size(); i++) {
            all.append(i == 0 ? "" : ",");
            Safe.json(rules.get(i), all);
        }
        all.append("],\n\"structs\":[")
                .append(structs)
                .append("],\n\"hazards\":[")
                .append(hazards)
                .append("]}");
        packed.write("overview-data", all);
        out.write("<section id=\"overview\"><h1 tabindex=\"-1\">"
                + String.format(java.util.Locale.ROOT, "%,d structs, %,d hazards", structCount, hazardCount) + "</h1>\n"
                + "<noscript>The script of this page, which unpacks what it holds, is not allowed to run.</noscript></section>\n"
                + "<section id=\"struct\" hidden></section>\n");
    }
}
