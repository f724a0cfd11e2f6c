package dev.faultline.report.build;

import dev.faultline.analysis.Analysis;
import dev.faultline.compare.VmLayouts;
import dev.faultline.compare.VmLayouts.Variant;
import dev.faultline.compare.VmLayouts.Vm;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Slot;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documents of classes as several Java VMs lay them out: one each, or a summary of many. */
public final class VmLayoutsDocument {

    private static final int MOST_ROWS = 20;

    private VmLayoutsDocument() {}

    /** {@return the document of one class} */
    public static Document of(VmLayouts layouts) {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(reserves(layouts)));
        blocks.add(offsets(layouts));
        List<String> alone = alone(layouts);
        if (!alone.isEmpty()) {
            blocks.add(Facts.of("a cache line for itself", String.join("; ", alone)));
        }
        blocks.add(Paragraph.of("Behind the byte of a field stand the unused bytes before and after it, padding"
                + " included, up to the next field, the header or the end of the object."));
        int vms = layouts.variants().stream()
                .mapToInt(variant -> variant.vms().size())
                .sum();
        int count = layouts.variants().size();
        String words = count == 1
                ? "one layout on all " + vms + " VMs"
                : String.format(Locale.ROOT, "%d layouts on %d VMs", count, vms);
        return Document.of(
                layouts.reference(),
                Optional.of(Headline.verdict(isDifferent(layouts) ? Tone.MIXED : Tone.PLAIN, words)),
                blocks);
    }

    /** What the rules rest on where no VM was compared with; VMs of one reserve on one line. */
    private static List<Fact> reserves(VmLayouts layouts) {
        Map<String, List<String>> modes = new LinkedHashMap<>();
        layouts.variants().stream()
                .flatMap(variant -> variant.vms().stream())
                .sorted()
                .forEach(vm -> modes.computeIfAbsent(vm.reserve().orElse("compared with VMs"), any -> new ArrayList<>())
                        .add(vm.mode()));
        List<Fact> facts = new ArrayList<>();
        modes.forEach((reserve, names) ->
                facts.add(new Fact(facts.isEmpty() ? "rules" : "", String.join(", ", names) + ": " + reserve)));
        return facts;
    }

    /** On which VMs padding holds, of each field of interest for which it holds anywhere. */
    private static List<String> alone(VmLayouts layouts) {
        List<String> lines = new ArrayList<>();
        for (String path : layouts.fieldsOfInterest()) {
            Map<Boolean, List<Vm>> vms = new TreeMap<>();
            for (Variant variant : layouts.variants()) {
                boolean isAlone = variant.field(path).filter(variant::isAlone).isPresent();
                vms.computeIfAbsent(isAlone, any -> new ArrayList<>()).addAll(variant.vms());
            }
            if (vms.containsKey(true)) {
                lines.add(path + " on "
                        + (vms.containsKey(false)
                                ? names(vms.get(true)) + ", not on " + names(vms.get(false))
                                : "all of them"));
            }
        }
        return lines;
    }

    private static String names(List<Vm> vms) {
        return vms.stream().sorted().map(Vm::mode).collect(Collectors.joining(", "));
    }

    private static boolean isDifferent(VmLayouts layouts) {
        return layouts.differsInFindings() || !layouts.fieldsAloneOnSome().isEmpty();
    }

    private static Table offsets(VmLayouts layouts) {
        List<String> fields = layouts.fieldsOfInterest();
        List<Column> columns =
                new ArrayList<>(List.of(Column.text("VM"), Column.number("bytes"), Column.number("header")));
        fields.forEach(field -> columns.add(Column.number(field)));
        columns.add(Column.detail("findings"));
        List<Row> rows = new ArrayList<>();
        for (Variant variant : layouts.variants()) {
            Analysis analysis = variant.analysis();
            List<String> cells = new ArrayList<>();
            cells.add(variant.names());
            cells.add(Long.toString(analysis.subject().layout().byteSize()));
            cells.add(Long.toString(analysis.subject().layout().slots().get(0).byteSize()));
            fields.forEach(field -> cells.add(
                    variant.field(field).map(slot -> place(variant, slot)).orElse("-")));
            cells.add(findings(analysis));
            rows.add(new Row(tone(analysis), cells));
        }
        return new Table("Where the fields are", columns, rows);
    }

    private static String place(Variant variant, Slot.Field field) {
        return field.byteOffset() + " (" + variant.unusedBefore(field) + ", " + variant.unusedAfter(field) + ")";
    }

    /** Which rules fired on what, the culprits only. */
    private static String findings(Analysis analysis) {
        Map<String, List<String>> culprits = new LinkedHashMap<>();
        for (Finding finding : analysis.findings()) {
            culprits.computeIfAbsent(finding.severity().word() + " " + finding.rule(), any -> new ArrayList<>())
                    .addAll(finding.fields().stream().limit(1).toList());
        }
        return culprits.isEmpty()
                ? "no findings"
                : culprits.entrySet().stream()
                        .map(entry -> entry.getKey()
                                + entry.getValue().stream().distinct().collect(Collectors.joining(", ", " of ", "")))
                        .collect(Collectors.joining("; "));
    }

    private static Tone tone(Analysis analysis) {
        return analysis.worst()
                .map(worst -> worst == Severity.INFO ? Tone.PLAIN : worst == Severity.ERROR ? Tone.BAD : Tone.MIXED)
                .orElse(Tone.GOOD);
    }

    /**
     * {@return the summary of many classes}
     *
     * @param title what they are of
     * @param classes the classes, each with all VMs
     */
    public static Document summary(String title, List<VmLayouts> classes) {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(reserves(classes.get(0))));
        blocks.add(totals(classes));
        List<VmLayouts> different =
                classes.stream().filter(VmLayoutsDocument::isDifferent).toList();
        if (!different.isEmpty()) {
            blocks.add(new Table(
                    "Classes for which VMs differ in what shares a line",
                    List.of(Column.text("class"), Column.detail("why")),
                    different.stream()
                            .limit(MOST_ROWS)
                            .map(one -> Row.of(one.reference(), differences(one)))
                            .toList()));
        }
        int left = different.size() - MOST_ROWS;
        blocks.add(Paragraph.of((left > 0 ? left + " more with --format json; " : "")
                + "one class in full: faultline inspect '" + title + "#NAME' --vm all"));
        return Document.of(
                title,
                Optional.of(Headline.verdict(
                        different.isEmpty() ? Tone.PLAIN : Tone.MIXED,
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d classes depend on the VM in what shares a line",
                                different.size(),
                                classes.size()))),
                blocks);
    }

    /** A row for each VM: the bytes of one instance of each class, and what was found. */
    private static Table totals(List<VmLayouts> classes) {
        Map<Vm, long[]> sums = new TreeMap<>();
        for (VmLayouts layouts : classes) {
            for (Variant variant : layouts.variants()) {
                for (Vm vm : variant.vms()) {
                    add(sums.computeIfAbsent(vm, any -> new long[2 + Severity.values().length]), variant);
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Vm, long[]> entry : sums.entrySet()) {
            long[] sum = entry.getValue();
            List<String> cells = new ArrayList<>();
            cells.add(entry.getKey().mode());
            for (long value : sum) {
                cells.add(String.format(Locale.ROOT, "%,d", value));
            }
            rows.add(new Row(Tone.PLAIN, cells));
        }
        return new Table(
                "One instance of each class",
                List.of(
                        Column.text("VM"),
                        Column.number("classes"),
                        Column.number("bytes"),
                        Column.number("info"),
                        Column.number("warnings"),
                        Column.number("errors")),
                rows);
    }

    private static void add(long[] sum, Variant variant) {
        Analysis analysis = variant.analysis();
        sum[0]++;
        sum[1] += analysis.subject().layout().byteSize();
        analysis.findings().forEach(finding -> sum[2 + finding.severity().ordinal()]++);
    }

    private static String differences(VmLayouts layouts) {
        List<String> words = new ArrayList<>();
        if (!layouts.fieldsAloneOnSome().isEmpty()) {
            words.add("a cache line for itself: " + String.join("; ", alone(layouts)));
        }
        if (layouts.differsInFindings()) {
            layouts.variants().forEach(variant -> words.add(variant.names() + ": " + findings(variant.analysis())));
        }
        return String.join("; ", words);
    }
}
