package dev.faultline.report.html;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.StructSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A row for each struct and each finding, as JSON from which the script makes tables:
 *
 * <pre>
 * {lineBytes, rules: [id],
 *  structs: [[name, kind, size, lines, unused, cost words, cost, errors, warnings, infos, chunk, place]],
 *  hazards: [[struct, place among its findings, rule, severity -1..2, fields, saving words, CPUs words, CPUs]]}
 * </pre>
 *
 * The severity of a suspicion is -1; a page shows suspicions when its reader asks for them.
 */
final class Overview {

    private final StringBuilder structs = new StringBuilder();
    private final StringBuilder hazards = new StringBuilder();
    private final List<String> rules = new ArrayList<>();
    /** What all documents say alike, by name; null before the first. */
    private Map<String, String> common;

    private int structCount;
    private int hazardCount;
    private int lineBytes;
    private int suspicionCount;
    /** Findings that are no suspicions, by level. */
    private final int[] levels = new int[3];

    private static final String[] WORDS = {"info", "warning", "error"};

    /** Keeps what all documents so far say alike: the source, the machine. */
    void addFacts(Document document) {
        Map<String, String> here = new LinkedHashMap<>();
        for (DocumentBlock block : document.blocks()) {
            if (block instanceof DocumentBlock.Facts found) {
                found.facts().forEach(fact -> here.putIfAbsent(fact.name(), fact.text()));
            }
        }
        if (common == null) {
            common = here;
        } else {
            common.entrySet().retainAll(here.entrySet());
        }
    }

    /** {@return what all documents so far say of this} */
    Optional<String> fact(String name) {
        return Optional.ofNullable(common).map(facts -> facts.get(name));
    }

    void add(Document document, int chunk, int place) {
        addFacts(document);
        List<FindingEntry> findings = findings(document.blocks());
        structs.append(structCount == 0 ? "[" : ",[");
        HtmlEscaper.json(document.title(), structs);
        document.summary().ifPresent(this::figures);
        for (int level = 2; level >= 0; level--) {
            int wanted = level;
            structs.append(',')
                    .append(findings.stream()
                            .filter(finding -> finding.level() == wanted && !finding.isSuspicion())
                            .count());
        }
        structs.append(',').append(chunk).append(',').append(place).append("]\n");
        for (int i = 0; i < findings.size(); i++) {
            hazard(findings.get(i), i);
        }
        structCount++;
    }

    /** {@return the findings as they stand in the document, folded ones too} */
    private static List<FindingEntry> findings(List<DocumentBlock> blocks) {
        List<FindingEntry> findings = new ArrayList<>();
        for (DocumentBlock block : blocks) {
            if (block instanceof DocumentBlock.Findings found) {
                findings.addAll(found.entries());
            } else if (block instanceof DocumentBlock.Folded folded) {
                findings.addAll(findings(folded.blocks()));
            }
        }
        return findings;
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
        if (finding.isSuspicion()) {
            suspicionCount++;
        } else {
            levels[finding.level()]++;
        }
        hazards.append(hazardCount++ == 0 ? "[" : ",[").append(structCount);
        hazards.append(',').append(place).append(',').append(rule);
        hazards.append(',').append(finding.isSuspicion() ? -1 : finding.level()).append(',');
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
                + verdict() + "</h1>\n"
                + about()
                + "<noscript>The script of this page, which unpacks what it holds, is not allowed to run.</noscript>"
                + aside + "</section>\n"
                + "<section id=\"struct\" hidden></section>\n");
    }

    /** {@return the source and the machine, where they are those of all structs} */
    private String about() {
        StringBuilder about = new StringBuilder();
        for (String name : List.of("layout", "machine")) {
            fact(name)
                    .ifPresent(text -> about.append(about.isEmpty() ? "<p class=\"about\">" : "<br>")
                            .append(name)
                            .append(": ")
                            .append(HtmlEscaper.html(text)));
        }
        return about.isEmpty() ? "" : about + "</p>\n";
    }

    /** {@return {@code "1 error, 12 info in 9,748 structs; 340 suspicions from field types"}} */
    private String verdict() {
        List<String> words = new ArrayList<>();
        for (int level = 2; level >= 0; level--) {
            if (levels[level] > 0) {
                words.add(String.format(Locale.ROOT, "%,d %s", levels[level], WORDS[level])
                        + (level > 0 && levels[level] > 1 ? "s" : ""));
            }
        }
        String found = words.isEmpty() ? "no findings" : String.join(", ", words);
        String suspicions = suspicionCount == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %,d suspicion%s from field types",
                        suspicionCount,
                        suspicionCount == 1 ? "" : "s");
        return found + String.format(Locale.ROOT, " in %,d structs", structCount) + suspicions;
    }
}
