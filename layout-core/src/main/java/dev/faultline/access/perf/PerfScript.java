package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import dev.faultline.input.InputException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the text of {@code perf script} with data sources, and that of {@code perf mem -D report}: one sample a line.
 * What is before the address differs with the fields asked for; any of them may be missing but the address and the data
 * source.
 */
public final class PerfScript {

    private static final String OPERATION = "|OP ";
    private static final double NANOS = 1e9;

    private final AccessCollector collector;
    private double first = Double.NaN;
    private double last = Double.NaN;
    private long samples;

    private PerfScript(AccessCollector collector) {
        this.collector = collector;
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @param collector gets the samples
     * @return seconds between the first and the last sample; NaN when times are not told
     * @throws InputException when it has no sample
     */
    public static double read(String source, String text, AccessCollector collector) {
        PerfScript script = new PerfScript(collector);
        for (String line : ProfilerLines.of(text)) {
            int operation = line.indexOf(OPERATION);
            if (operation >= 0) {
                script.sample(line, operation);
            } else {
                script.raw(line);
            }
        }
        if (script.samples == 0) {
            throw new InputException(
                    source,
                    "",
                    "no sample with an address and a data source; print them with perf script"
                            + " -F comm,pid,tid,cpu,time,event,addr,ip,sym,symoff,data_src,weight");
        }
        return script.last > script.first ? Math.round((script.last - script.first) * NANOS) / NANOS : Double.NaN;
    }

    private void sample(String line, int operation) {
        String before = line.substring(0, operation).stripTrailing();
        int space = before.lastIndexOf(' ');
        String number = before.substring(space + 1);
        if (space < 0 || line.startsWith("#") || !ProfilerLines.isHex(number, 1)) {
            return;
        }
        MemorySource memory = new MemorySource(ProfilerLines.address(number));
        String who = before.substring(0, space).strip();
        int colon = who.lastIndexOf(": ");
        String prefix = colon < 0 ? "" : who.substring(0, colon);
        List<String> words = ProfilerLines.words(colon < 0 ? who : who.substring(colon + 2));
        int address = addressIn(words, colon >= 0);
        if (address < 0) {
            return;
        }
        if (colon < 0) {
            prefix = String.join(" ", words.subList(0, address));
        }
        samples++;
        Thread thread = Thread.in(prefix);
        time(prefix);
        Code code = Code.behind(line.substring(operation));
        add(
                thread,
                code,
                memory,
                ProfilerLines.address(words.get(address)),
                String.join(" ", words.subList(address + 1, words.size())));
    }

    private void add(Thread thread, Code code, MemorySource memory, long address, String symbol) {
        Optional<SeenKind> kind = memory.kind();
        if (kind.isEmpty()) {
            return;
        }
        collector.program(code.program(), 1);
        collector.code(code.address(), code.function());
        DataSymbol data = DataSymbol.of(symbol);
        collector.add(new SeenAccess(
                thread.isNamed()
                        ? collector.role(thread.name())
                        : code.function().isEmpty() ? "any thread" : code.function(),
                thread.id(),
                thread.cpu(),
                0,
                code.function(),
                address == 0
                        ? SeenAccess.Target.unknown()
                        : SeenAccess.Target.ofAddress(address, data.name(), data.byteOffset()),
                kind.get(),
                1,
                memory.isHitm() ? 1 : 0,
                false));
    }

    /** {@return the index of the address: the first word behind the event, else the last hexadecimal one} */
    private static int addressIn(List<String> words, boolean isFirst) {
        if (isFirst) {
            return !words.isEmpty() && ProfilerLines.isHex(words.get(0), 1) ? 0 : -1;
        }
        for (int i = words.size() - 1; i >= 0; i--) {
            if (ProfilerLines.isHex(words.get(i), 4)) {
                return i;
            }
        }
        return -1;
    }

    private void time(String prefix) {
        for (String word : ProfilerLines.words(prefix)) {
            String number = word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
            if (number.matches("[0-9]{1,12}\\.[0-9]{1,9}")) {
                double seconds = Double.parseDouble(number);
                first = Double.isNaN(first) ? seconds : Math.min(first, seconds);
                last = Double.isNaN(last) ? seconds : Math.max(last, seconds);
                return;
            }
        }
    }

    /** A line of {@code perf mem -D report}: pid tid ip addr weight dsrc dso:symbol. */
    private void raw(String line) {
        List<String> words = ProfilerLines.words(line);
        if (words.size() < 6 || ProfilerLines.whole(words.get(0)) < 0 || ProfilerLines.whole(words.get(1)) < 0) {
            return;
        }
        boolean areHex = words.get(2).startsWith("0x")
                && words.get(3).startsWith("0x")
                && words.get(5).startsWith("0x")
                && ProfilerLines.isHex(words.get(5).substring(2), 1);
        if (!areHex) {
            return;
        }
        samples++;
        // perf 6.1 prints "0x016" and then the address in its first row; a hexadecimal number has no leading zero
        String digits = words.get(3).startsWith("0x016") ? words.get(3).substring(5) : words.get(3);
        long address = ProfilerLines.address(digits);
        MemorySource memory = new MemorySource(ProfilerLines.address(words.get(5)));
        String where = String.join(" ", words.subList(6, words.size()));
        int colon = where.indexOf(':');
        String function = colon < 0 ? where : where.substring(colon + 1);
        add(
                new Thread("", words.get(1), -1),
                new Code(function, colon < 0 ? "" : where.substring(0, colon), ProfilerLines.address(words.get(2))),
                memory,
                address,
                "");
    }

    /**
     * Who made a sample.
     *
     * @param name the name of the thread; empty when it is not told
     * @param id its number; empty when it is not told
     * @param cpu its CPU; -1 when it is not told
     */
    private record Thread(String name, String id, int cpu) {

        boolean isNamed() {
            return !name.isEmpty();
        }

        /** {@return the thread in what stands before the address: {@code lock_th  8904/8907  [000]  6000.0: faults}} */
        static Thread in(String prefix) {
            List<String> words = ProfilerLines.words(prefix);
            int cpu = -1;
            String id = "";
            int end = words.size();
            for (int i = words.size() - 1; i >= 0; i--) {
                String word = words.get(i);
                if (word.matches("\\[[0-9]{1,6}]")) {
                    cpu = Integer.parseInt(word.substring(1, word.length() - 1));
                    end = i;
                } else if (id.isEmpty() && word.matches("([0-9]{1,10}/)?[0-9]{1,10}") && i <= end) {
                    id = word.substring(word.indexOf('/') + 1);
                    end = i;
                } else if (word.matches("[0-9]+\\.[0-9]+:?")) {
                    end = i;
                }
            }
            boolean hasEnd = end < words.size();
            String name = String.join(" ", words.subList(0, hasEnd ? end : words.isEmpty() ? 0 : 1));
            return new Thread(name.endsWith(":") ? "" : name, id, cpu);
        }
    }

    /**
     * The code that made a sample.
     *
     * @param function its function; empty when it is not told
     * @param program the program or library; empty when it is not told
     * @param address the address of the code; 0 when it is not told
     */
    private record Code(String function, String program, long address) {

        /**
         * {@return the code in what stands behind the data source: perhaps the weight, then the address of the code,
         * its function, its program in parentheses and the physical address} The words of the data source end with
         * {@code BLK N/A} unless they are cut off.
         */
        static Code behind(String text) {
            List<String> words = ProfilerLines.words(text);
            int at = -1;
            for (int i = words.size() - 1; i > 0 && at < 0; i--) {
                boolean isPhysical = i == words.size() - 1 && i > 1;
                if (ProfilerLines.isHex(words.get(i), 6) && !isPhysical) {
                    at = i;
                }
            }
            int end = words.size();
            if (at >= 0 && end - at > 2 && ProfilerLines.isHex(words.get(end - 1), 6)) {
                end--;
            }
            if (at < 0) {
                return new Code("", "", 0);
            }
            String symbol = String.join(" ", words.subList(at + 1, end));
            int dso = symbol.endsWith(")") ? symbol.lastIndexOf(" (") : -1;
            String program = dso > 0 ? symbol.substring(dso + 2, symbol.length() - 1) : "";
            String name = dso > 0 ? symbol.substring(0, dso) : symbol;
            int plus = name.lastIndexOf("+0x");
            name = plus > 0 ? name.substring(0, plus) : name;
            return new Code(
                    name.startsWith("[unknown") ? "" : name,
                    program.substring(program.lastIndexOf('/') + 1),
                    ProfilerLines.address(words.get(at)));
        }
    }
}
