package dev.faultline.machine;

import dev.faultline.api.Internal;
import dev.faultline.input.YamlText;

/** Writes machines as {@link MachineReader} reads them back. */
@Internal
public final class MachineWriter {

    private MachineWriter() {}

    /**
     * Writes a machine.
     *
     * @param machine the machine
     * @return a complete machine file: every value with its source
     */
    public static String write(Machine machine) {
        StringBuilder out = new StringBuilder();
        out.append("machine: ").append(YamlText.quoted(machine.name())).append('\n');
        whole(out, "line-bytes", machine.lineBytes());
        whole(out, "pair-bytes", machine.pairBytes());
        whole(out, "page-bytes", machine.pageBytes());
        whole(out, "cpus", machine.cpus());
        whole(out, "sockets", machine.sockets());
        whole(out, "clusters", machine.topology().clusters());
        out.append("costs:\n");
        for (Costs.Named cost : machine.costs().named()) {
            entry(out, "  " + cost.name(), cost.text(), cost.figure().source());
        }
        return out.toString();
    }

    private static void whole(StringBuilder out, String key, Sourced<Integer> value) {
        entry(out, key, value.value().toString(), value.source());
    }

    private static void entry(StringBuilder out, String key, String value, String source) {
        out.append(key).append(": {value: ").append(value).append(", source: ");
        out.append(YamlText.quoted(source)).append("}\n");
    }
}
