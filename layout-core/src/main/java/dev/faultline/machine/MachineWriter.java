package dev.faultline.machine;

import java.util.Locale;

/** Writes machines in the form that {@link MachineReader} reads back to an equal machine. */
public final class MachineWriter {

    private MachineWriter() {}

    /**
     * Writes a machine.
     *
     * @param machine the machine
     * @return a machine file that stands for itself: every value and its source are in it
     */
    public static String write(Machine machine) {
        StringBuilder out = new StringBuilder();
        out.append("machine: ").append(quoted(machine.name())).append('\n');
        whole(out, "line-bytes", machine.lineBytes());
        whole(out, "pair-bytes", machine.pairBytes());
        whole(out, "page-bytes", machine.pageBytes());
        whole(out, "cpus", machine.cpus());
        whole(out, "sockets", machine.sockets());
        whole(out, "clusters", machine.topology().clusters());
        out.append("costs:\n");
        for (Costs.Named cost : machine.costs().named()) {
            String value = cost.figure().value() + (cost.isTime() ? "ns" : "");
            entry(out, "  " + cost.name(), value, cost.figure().source());
        }
        return out.toString();
    }

    private static void whole(StringBuilder out, String key, Sourced<Integer> value) {
        entry(out, key, value.value().toString(), value.source());
    }

    private static void entry(StringBuilder out, String key, String value, String source) {
        out.append(key).append(": {value: ").append(value).append(", source: ");
        out.append(quoted(source)).append("}\n");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (mayStand(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return out.append('"').toString();
    }

    /** What YAML allows unescaped and no reader takes for the end of a line or drops. */
    private static boolean mayStand(int c) {
        boolean printable = c >= 0x20 && c <= 0x7e || c >= 0xa0 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd;
        return printable && c != 0x2028 && c != 0x2029 && c != 0xfeff || c >= 0x10000;
    }
}
