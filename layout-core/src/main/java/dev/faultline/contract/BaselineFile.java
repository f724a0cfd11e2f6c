package dev.faultline.contract;

import dev.faultline.contract.promise.AcceptedFinding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.Nearest;
import dev.faultline.input.YamlText;
import dev.faultline.input.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes baseline files. The same findings give the same bytes: structs, rules and fields are sorted, and
 * nothing depends on the run. Reasons written by a person are kept; comments are not.
 * <pre>{@code
 * baseline: 1
 * structs:
 *   rtable@6.3:
 *     - {rule: WriterBesideReaders, fields: [dst.__refcnt, dst.lwtstate], severity: error, reason: "fixed in 6.4"}
 * }</pre>
 */
public final class BaselineFile {

    private static final String VERSION = "1";
    private static final List<String> SEVERITIES =
            java.util.Arrays.stream(Severity.values()).map(Severity::word).toList();

    private BaselineFile() {}

    /**
     * Reads a baseline.
     *
     * @param file name of the text in messages
     * @param yaml the text
     * @return the baseline
     * @throws dev.faultline.input.InputException when the text is not a baseline
     */
    public static Baseline read(String file, String yaml) {
        YamlTree root = YamlTree.parse(file, yaml, "baseline");
        Map<String, YamlTree> entries = root.mapping(List.of("baseline", "structs"));
        YamlTree version = root.required(entries, "baseline");
        if (!version.word().equals(VERSION)) {
            throw version.problem("baseline: expected version " + VERSION + ", found " + version.word());
        }
        Map<String, List<AcceptedFinding>> structs = new LinkedHashMap<>();
        root.required(entries, "structs").mapping().forEach((name, tree) -> structs.put(name, accepted(tree)));
        return new Baseline(structs);
    }

    private static List<AcceptedFinding> accepted(YamlTree tree) {
        List<AcceptedFinding> all = new ArrayList<>();
        for (YamlTree item : tree.list()) {
            Map<String, YamlTree> entries = item.mapping(List.of("rule", "fields", "severity", "reason"));
            List<String> fields = new ArrayList<>();
            for (YamlTree field : item.required(entries, "fields").list()) {
                fields.add(field.word());
            }
            all.add(new AcceptedFinding(
                    known(item.required(entries, "rule"), "rule", Catalog.ids()),
                    fields,
                    Severity.of(known(item.required(entries, "severity"), "severity", SEVERITIES))
                            .orElseThrow(),
                    entries.containsKey("reason") ? entries.get("reason").text() : ""));
        }
        return all;
    }

    private static String known(YamlTree tree, String what, List<String> words) {
        String word = tree.word();
        if (!words.contains(word)) {
            throw tree.problem("unknown " + what + " `" + word + "`" + Nearest.hint(word, words) + "; known are "
                    + String.join(", ", words));
        }
        return word;
    }

    /** {@return the text of the baseline of a contract, in the format of {@link #read}} */
    public static String write(Baseline baseline) {
        return write(baseline, "faultline check --update");
    }

    /**
     * {@return the text of a baseline, in the format of {@link #read}}
     *
     * @param baseline the accepted findings
     * @param command the command that writes it, for a comment: {@code "faultline check --update"}
     */
    public static String write(Baseline baseline, String command) {
        StringBuilder out = new StringBuilder("# Accepted findings, written by `" + command + "`.\n"
                + "# Reasons may be edited; updates keep them.\n");
        out.append("baseline: ").append(VERSION).append('\n');
        out.append(baseline.structs().isEmpty() ? "structs: {}\n" : "structs:\n");
        baseline.structs().forEach((name, accepted) -> {
            out.append("  ").append(YamlText.word(name)).append(accepted.isEmpty() ? ": []\n" : ":\n");
            accepted.forEach(one -> out.append(line(one)));
        });
        return out.toString();
    }

    private static String line(AcceptedFinding one) {
        List<String> fields = one.fields().stream().map(YamlText::word).toList();
        return "    - {rule: " + one.rule() + ", fields: [" + String.join(", ", fields) + "], severity: "
                + one.severity().word() + ", reason: " + YamlText.quoted(one.reason()) + "}\n";
    }
}
