package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import dev.faultline.input.InputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what perf's data-type profiling prints: {@code perf report -s type,typeoff}, with {@code --hierarchy} or
 * without, and {@code perf annotate --data-type}, of which a text may have several.
 *
 * <p>The first tells percentages of an event, which are counted in hundredths of a percent. Of the second, members of a
 * union that stand for the same bytes repeat the same samples: the first is taken.
 */
public final class PerfTypes {

    /** {@code struct page +24 (mapping)}, {@code struct cfs_rq +0x14 (h_nr_running)}. */
    private static final Pattern FIELD =
            Pattern.compile("(.{1,1000}?) \\+(0x[0-9a-f]{1,9}|[0-9]{1,9})(?: \\((.{1,1000})\\))?");

    private static final Pattern EVENTS = Pattern.compile("# Samples: .* of events? '(.*)'.*");
    private static final Pattern STATISTICS = Pattern.compile("total ([0-9]{1,15}), ok ([0-9]{1,15})(?: .*)?");
    private static final String HUNDREDTHS = "0.01 % of each event";

    private final AccessCollector collector;
    private Optional<SeenEvents> events = Optional.empty();
    private long rows;
    private long all;
    private long withType;
    private boolean[] isCounted = new boolean[0];

    private PerfTypes(AccessCollector collector) {
        this.collector = collector;
    }

    /**
     * Reads a text with a report, annotated types, or both; of both the report is taken.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @param collector gets what it says
     * @throws InputException when it has no row of a field
     */
    public static void read(String source, String text, AccessCollector collector) {
        List<String> lines = ProfilerLines.of(text);
        if (!new PerfTypes(collector).report(lines) && !annotated(lines, collector)) {
            throw new InputException(
                    source,
                    "",
                    "no row of a field, such as 'struct page +8 (lru.next)'; print them with"
                            + " perf report -s type,typeoff --stdio or perf annotate --data-type --stdio");
        }
    }

    /** As {@link #read}, but of a text with both, the annotated types are taken. */
    public static void readAnnotated(String source, String text, AccessCollector collector) {
        List<String> lines = ProfilerLines.of(text);
        if (!annotated(lines, collector)) {
            read(source, text, collector);
        }
    }

    private static boolean annotated(List<String> lines, AccessCollector collector) {
        boolean isAny = new AnnotatedTypes(collector).read(lines);
        if (isAny) {
            statistics(lines, collector);
        }
        return isAny;
    }

    private boolean report(List<String> lines) {
        lines.forEach(this::line);
        if (rows > 0) {
            collector.unit(HUNDREDTHS);
            if (!statistics(lines, collector)) {
                collector.coverage(Math.max(all, withType), withType);
            }
        }
        return rows > 0;
    }

    /** {@return whether the text says how many samples have a type} */
    private static boolean statistics(List<String> lines, AccessCollector collector) {
        for (String line : lines) {
            Matcher statistics = STATISTICS.matcher(line.strip());
            if (statistics.matches()) {
                long total = Long.parseLong(statistics.group(1));
                long ok = Math.min(total, Long.parseLong(statistics.group(2)));
                collector.coverage(total, ok);
                collector.note("of " + total + " samples, " + ok + " have a type, by --type-stat");
                return true;
            }
        }
        return false;
    }

    private void line(String line) {
        String stripped = line.strip();
        Matcher named = EVENTS.matcher(stripped);
        if (named.matches()) {
            events = Optional.of(SeenEvents.of(named.group(1)));
            return;
        }
        List<String> words = ProfilerLines.words(line);
        int from = 0;
        while (from < words.size() && words.get(from).matches("[-+]")) {
            from++;
        }
        int to = from;
        while (to < words.size() && ProfilerLines.hundredths(words.get(to)) >= 0) {
            to++;
        }
        if (stripped.startsWith("#") || to == from || to == words.size()) {
            return;
        }
        int lastPercent = line.lastIndexOf('%', line.indexOf(words.get(to), line.indexOf(words.get(to - 1))));
        for (String cell : line.substring(lastPercent + 1).strip().split(" {2,}")) {
            Matcher field = FIELD.matcher(cell.strip());
            if (field.matches()) {
                field(field, words.subList(from, to), line.substring(lastPercent + 1));
                return;
            }
        }
    }

    private void field(Matcher field, List<String> percents, String cells) {
        SeenEvents kinds = events.filter(all -> all.kinds().size() == percents.size())
                .orElseGet(() -> {
                    collector.note(
                            percents.size() == 1
                                    ? "the event has no name here, so whether it loads or stores is not known"
                                    : "the events have no names; taken as perf mem record has them: loads, then stores");
                    return SeenEvents.ofColumns(percents.size());
                });
        if (isCounted.length < percents.size()) {
            isCounted = java.util.Arrays.copyOf(isCounted, percents.size());
        }
        String type = field.group(1).strip();
        long offset = field.group(2).startsWith("0x")
                ? ProfilerLines.address(field.group(2))
                : Long.parseLong(field.group(2));
        String path = field.group(3) == null || field.group(3).equals("no field") ? "" : field.group(3);
        String function = function(cells);
        for (int i = 0; i < percents.size(); i++) {
            Optional<SeenKind> kind = kinds.kind(i);
            if (kind.isEmpty()) {
                continue;
            }
            if (!isCounted[i]) {
                isCounted[i] = true;
                all += 10_000;
            }
            long count = ProfilerLines.hundredths(percents.get(i));
            rows++;
            if (!type.startsWith("(")) {
                withType += count;
                collector.add(new SeenAccess(
                        function.isEmpty() ? "any thread" : function,
                        "",
                        -1,
                        0,
                        function,
                        SeenAccess.Target.ofPlace(type, path, offset),
                        kind.get(),
                        count,
                        0,
                        false));
            }
        }
    }

    /** {@return the function in another column: {@code [k] put_page}; empty when there is none} */
    private static String function(String cells) {
        for (String cell : cells.strip().split(" {2,}")) {
            if (cell.matches("\\[[a-zA-Z.]] .+")) {
                return cell.substring(4).strip();
            }
        }
        return "";
    }
}
