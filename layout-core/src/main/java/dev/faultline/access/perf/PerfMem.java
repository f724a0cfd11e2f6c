package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code perf mem report --stdio}, and {@code perf report --mem-mode} with other columns, as columns or with
 * commas between them ({@code -t ,}). Counts are of the column {@code Samples}; without one they are hundredths of a
 * percent of the weight.
 */
public final class PerfMem {

    private static final Pattern EVENT = Pattern.compile("# Samples: .* of events? '(.*)'.*");
    private static final String HUNDREDTHS = "0.01 % of the weight";

    private final AccessCollector collector;
    private Optional<SeenKind> kind = Optional.of(SeenKind.ACCESS);
    private String head = "";
    private List<String> names = List.of();
    private boolean hasCommas;
    private long rows;
    private boolean counts;

    private PerfMem(AccessCollector collector) {
        this.collector = collector;
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages
     * @param text the text; of {@code perf mem -D report} too
     * @param collector gets what it says
     * @throws InputException when it has no row with a variable, or no names of columns
     */
    public static void read(String source, String text, AccessCollector collector) {
        if (text.contains(", ADDR, ") || text.contains("|OP ")) {
            PerfScript.read(source, text, collector);
            return;
        }
        PerfMem reader = new PerfMem(collector);
        ProfilerLines.of(text).forEach(reader::line);
        if (reader.names.isEmpty()) {
            throw new InputException(
                    source,
                    "",
                    "the names of the columns are missing; copy the lines that begin with # above the rows, too");
        }
        if (reader.rows == 0) {
            throw new InputException(
                    source,
                    "",
                    "no row that tells data; print it with perf mem report --stdio -t ,"
                            + " -s symbol_daddr,comm,sym,mem,snoop,locked");
        }
        if (!reader.counts) {
            collector.unit(HUNDREDTHS);
        }
    }

    private void line(String line) {
        String stripped = line.strip();
        Matcher event = EVENT.matcher(stripped);
        if (event.matches()) {
            kind = SeenEvents.kind(event.group(1));
        } else if (stripped.startsWith("#")) {
            String plain = stripped.substring(1).strip();
            if (plain.startsWith("Overhead,")) {
                names = List.of(plain.split(",", -1));
                hasCommas = true;
            } else if (TableColumns.isRuler(line)) {
                names = TableColumns.under(head, line).names();
                hasCommas = false;
            }
            head = line;
        } else if (!names.isEmpty() && !stripped.isEmpty() && kind.isPresent()) {
            row(stripped);
        }
    }

    private void row(String stripped) {
        List<String> cells = new ArrayList<>();
        for (String cell : hasCommas ? stripped.split(",", -1) : stripped.split(" {2,}")) {
            cells.add(cell.strip());
        }
        long percent = ProfilerLines.hundredths(cells.get(0));
        String data = cell(cells, "Data Symbol", "Data Cacheline");
        if (percent < 0 || data.isEmpty()) {
            return;
        }
        long samples = ProfilerLines.whole(cell(cells, "Samples"));
        counts |= samples >= 0;
        long count = samples >= 0 ? samples : percent;
        rows++;
        String code = DataSymbol.of(cell(cells, "Symbol")).name();
        String command = cell(cells, "Command");
        DataSymbol symbol = DataSymbol.of(data);
        collector.program(cell(cells, "Shared Object"), count);
        boolean isHitm = cell(cells, "Snoop").toLowerCase(Locale.ROOT).contains("hitm");
        SeenKind seen = kind(cells);
        String plain = data.replaceFirst("^\\[[a-zA-Z.]] ", "").strip();
        long address = ProfilerLines.isHex(plain.replaceFirst("^0x", ""), 8) ? ProfilerLines.address(plain) : 0;
        SeenAccess.Target target = symbol.name().isEmpty() && address == 0
                ? SeenAccess.Target.unknown()
                : SeenAccess.Target.ofAddress(address, symbol.name(), symbol.byteOffset());
        collector.add(new SeenAccess(
                command.isEmpty() ? code.isEmpty() ? "any thread" : code : collector.role(command),
                "",
                -1,
                0,
                code,
                target,
                seen,
                count,
                isHitm && seen != SeenKind.WRITE ? count : 0,
                false));
    }

    /** What was done is told by the column of the operation, by the lock, or by the event. */
    private SeenKind kind(List<String> cells) {
        String memory = (cell(cells, "Memory access") + " " + cell(cells, "Mem Op") + " " + cell(cells, "Op"))
                .toLowerCase(Locale.ROOT);
        if (cell(cells, "Locked").equalsIgnoreCase("yes")) {
            return SeenKind.RMW;
        }
        boolean loadsOnly = cell(cells, "Snoop").toLowerCase(Locale.ROOT).matches("hitm|hit|miss");
        return memory.contains("store")
                ? SeenKind.WRITE
                : memory.contains("load") || kind.get() == SeenKind.ACCESS && loadsOnly ? SeenKind.READ : kind.get();
    }

    private String cell(List<String> cells, String... wanted) {
        for (String name : wanted) {
            for (int i = 0; i < names.size() && i < cells.size(); i++) {
                if (names.get(i).strip().equalsIgnoreCase(name)) {
                    return cells.get(i);
                }
            }
        }
        return "";
    }
}
