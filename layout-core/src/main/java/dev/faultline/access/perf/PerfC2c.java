package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code perf c2c report --stdio}, whole or in part: the table of lines, and for each line the offsets that were
 * accessed, in any of the forms that versions since 2016 print. Loads and stores are sampled by events of their own, so
 * their counts are not on one scale.
 *
 * <p>A row tells its loads as a part of all HITMs of the line, and its stores as parts of those of the line; with the
 * number of records beside it, the other loads are known too. Where no thread is told, each place in the code is a
 * role: it is known that it ran, and on how many CPUs, but not that one thread runs two of them.
 */
public final class PerfC2c {

    /** Without the line above the rows, their percentages are all that is known. */
    private static final long WITHOUT_TOTAL = 10_000;

    private final AccessCollector collector;
    private final Map<Long, long[]> table = new LinkedHashMap<>();
    private final Set<Long> detailed = new LinkedHashSet<>();
    private String head = "";
    private TableColumns columns = new TableColumns(List.of());
    private boolean hasPareto;
    private boolean hasRecords;
    private Group group;
    private long rows;
    private long records;

    /** The line above the rows of a cache line. */
    private record Group(long address, List<Long> totals) {}

    private PerfC2c(AccessCollector collector) {
        this.collector = collector;
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @param collector gets what it says
     * @throws InputException when it has no row of a cache line
     */
    public static void read(String source, String text, AccessCollector collector) {
        PerfC2c reader = new PerfC2c(collector);
        for (String line : ProfilerLines.of(text)) {
            reader.line(line);
        }
        reader.undetailed();
        if (reader.rows == 0 && reader.table.isEmpty()) {
            throw new InputException(
                    source,
                    "",
                    text.contains("Trace Event Information")
                            ? "has only the totals; print the lines with perf c2c report --stdio, without --stats"
                            : "no row of a cache line, such as perf c2c report --stdio prints");
        }
        if (reader.records > 0) {
            long withType = collector.attributed();
            collector.coverage(Math.max(reader.records, withType), withType);
        }
    }

    private void line(String line) {
        String stripped = line.strip();
        if (TableColumns.isRuler(line)) {
            columns = TableColumns.under(head, line);
            hasPareto = columns.of("Offset") >= 0;
            hasRecords = hasPareto ? columns.of("records") >= 0 : hasRecords;
            return;
        }
        if (stripped.startsWith("#") || stripped.isEmpty() || stripped.startsWith("---")) {
            head = stripped.startsWith("#") ? line : head;
            return;
        }
        List<String> words = ProfilerLines.words(line);
        if (words.get(0).equals("Total") && stripped.startsWith("Total records")) {
            records = Math.max(records, ProfilerLines.whole(words.get(words.size() - 1)));
            return;
        }
        int percents = 0;
        while (percents < words.size() && ProfilerLines.hundredths(words.get(percents)) >= 0) {
            percents++;
        }
        if (percents >= 4 && percents + 1 < words.size()) {
            row(line, words, percents);
        } else if (percents == 0 && ProfilerLines.whole(words.get(0)) >= 0) {
            lineOfTable(words);
        }
    }

    /** {@code 0  129  986  1307  113  0  0x5588d361b140} or a row of the table of lines. */
    private void lineOfTable(List<String> words) {
        int last = words.size() - 1;
        boolean isGroup = last >= 5 && last <= 8 && isAddress(words.get(last));
        List<Long> totals = new ArrayList<>();
        for (int i = 1; isGroup && i < last; i++) {
            totals.add(ProfilerLines.whole(words.get(i)));
            isGroup = totals.get(i - 1) >= 0;
        }
        if (isGroup) {
            group = new Group(ProfilerLines.address(words.get(last)), totals);
            rows++;
        } else if (last >= 8 && isAddress(words.get(1))) {
            table(words);
        }
    }

    private static boolean isAddress(String word) {
        return word.startsWith("0x") && ProfilerLines.isHex(word.substring(2), 1);
    }

    private void table(List<String> words) {
        if (columns.names().size() != words.size() || columns.of("Index") != 0) {
            table.putIfAbsent(ProfilerLines.address(words.get(1)), new long[] {0, 0, 0});
            return;
        }
        int hitm = columns.of("Hitm", "Snoop");
        int total = columns.after(hitm, "Total");
        int stores = columns.of("Stores") >= 0 ? columns.of("Stores") : columns.after(total, "Total");
        table.put(
                ProfilerLines.address(words.get(1)),
                new long[] {at(words, columns.of("Loads")), at(words, stores), at(words, total)});
    }

    private static long at(List<String> words, int index) {
        return index < 0 ? 0 : Math.max(0, ProfilerLines.whole(words.get(index)));
    }

    /** {@code 26.36% 19.17% 0.00% 0.00% 0.00%  0x20  0  1  0x5588d36182b2  600  176  47  455  1  [.] f  a.out}. */
    private void row(String line, List<String> words, int percents) {
        if (!isAddress(words.get(percents))) {
            return;
        }
        long offset = ProfilerLines.address(words.get(percents));
        int symbol = percents + 1;
        while (symbol < words.size() && !words.get(symbol).matches("\\[[a-zA-Z.]]")) {
            symbol++;
        }
        int code = percents + 1;
        while (code < symbol && !(isAddress(words.get(code)) && words.get(code).length() > 4)) {
            code++;
        }
        boolean hasCode = code < symbol;
        int from = hasCode ? code + 1 : percents + 1;
        int to = from;
        while (to < symbol && ProfilerLines.whole(words.get(to)) >= 0) {
            to++;
        }
        int numbers = to - from;
        boolean counts = columns.names().isEmpty() || !hasPareto ? !hasCode || numbers >= 5 : hasRecords;
        long cpus = numbers > 0 ? ProfilerLines.whole(words.get(to - 1)) : 0;
        long all = counts && numbers > 1 ? ProfilerLines.whole(words.get(to - 2)) : 0;
        String thread = hasCode ? thread(words.subList(percents + 1, code)) : "";
        Place place = Place.in(line, symbol < words.size(), to < words.size() ? words.get(to) : "");
        add(words.subList(0, percents), offset, all, (int) Math.min(cpus, 1 << 20), thread, place);
    }

    /** {@return the thread among the words between the offset and the code: {@code 8909:lock_th}; else empty} */
    private static String thread(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).matches("[0-9]{1,10}:.*")) {
                return String.join(" ", words.subList(i, words.size()));
            }
        }
        return "";
    }

    private void add(List<String> percents, long offset, long all, int cpus, String thread, Place place) {
        rows++;
        long address = group == null ? 0 : group.address();
        detailed.add(address);
        int storeColumns = percents.size() == 4 ? 2 : 3;
        long hitm = 0;
        long stores = 0;
        for (int i = 0; i < percents.size(); i++) {
            long total = group == null || i >= group.totals().size()
                    ? WITHOUT_TOTAL
                    : group.totals().get(i);
            long part = Math.round(ProfilerLines.hundredths(percents.get(i)) / 10_000.0 * total);
            boolean isStore = i >= percents.size() - storeColumns;
            hitm += isStore ? 0 : part;
            stores += isStore ? part : 0;
        }
        if (group == null) {
            collector.note("rows without the line above them that tells the cache line: their counts are hundredths of"
                    + " a percent of the line, and its address is taken to be 0");
        }
        boolean hasAll = all >= hitm + stores && group != null;
        long loads = Math.max(hitm, hasAll ? all - stores : 0);
        int colon = thread.indexOf(':');
        String role = colon < 0 ? place.words() : collector.role(thread.substring(colon + 1));
        String id = colon < 0 ? "" : thread.substring(0, colon);
        collector.program(place.program(), loads + stores);
        SeenAccess.Target target = group == null && offset == 0
                ? SeenAccess.Target.ofAddress(0, "0x0", 0)
                : SeenAccess.Target.ofAddress(address + offset, "", -1);
        collector.code(place.address(), place.function());
        collector.add(new SeenAccess(role, id, -1, cpus, place.words(), target, SeenKind.WRITE, stores, 0, false));
        collector.add(new SeenAccess(role, id, -1, cpus, place.words(), target, SeenKind.READ, loads, hitm, false));
    }

    /** Of the lines without rows it is known how often they were accessed, and not where. */
    private void undetailed() {
        table.forEach((address, counts) -> {
            if (!detailed.contains(address)) {
                SeenAccess.Target line = SeenAccess.Target.ofLine(address);
                long loads = Math.max(counts[0], counts[2]);
                collector.add(
                        new SeenAccess("any thread", "", -1, 0, "", line, SeenKind.READ, loads, counts[2], false));
                collector.add(new SeenAccess("any thread", "", -1, 0, "", line, SeenKind.WRITE, counts[1], 0, false));
            }
        });
    }

    /**
     * The place in the code of a row.
     *
     * @param function the function; of one without a name, its address
     * @param program the program or library
     * @param line file and line; empty when they are not told
     * @param address the address of the code; 0 when it is not told
     */
    private record Place(String function, String program, String line, long address) {

        String words() {
            boolean hasLine = line.contains(":") && !function.startsWith("0x");
            String where = function.startsWith("0x") && !line.isEmpty() ? line : function;
            String words = hasLine ? function + " " + line : where;
            return words.isEmpty() ? program.isEmpty() ? "any code" : program : words;
        }

        /** Columns stand two and more spaces apart; a symbol may have single ones. */
        static Place in(String line, boolean hasSymbol, String word) {
            java.util.regex.Matcher mark = SYMBOL.matcher(line);
            if (!hasSymbol || !mark.find()) {
                return new Place("", word, "", 0);
            }
            String[] cells = line.substring(mark.end()).strip().split(" {2,}");
            java.util.regex.Matcher code = CODE.matcher(line.substring(0, mark.start()));
            long address = code.find() ? Math.max(0, ProfilerLines.address(code.group(1))) : 0;
            return new Place(
                    cells[0].strip(),
                    cells.length > 1 ? cells[1].strip() : "",
                    cells.length > 2 && !cells[2].matches("[0-9]+.*") ? cells[2].strip() : "",
                    address);
        }

        private static final java.util.regex.Pattern SYMBOL = java.util.regex.Pattern.compile("\\[[a-zA-Z.]] ");
        private static final java.util.regex.Pattern CODE =
                java.util.regex.Pattern.compile("(?:0x[0-9a-f]{1,4} .*?)(0x[0-9a-f]{4,16})");
    }
}
