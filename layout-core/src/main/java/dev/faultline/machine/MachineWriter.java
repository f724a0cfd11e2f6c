package dev.faultline.machine;

import dev.faultline.input.YamlScalar;

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
        out.append("machine: ").append(YamlScalar.quoted(machine.name())).append('\n');
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
        out.append(YamlScalar.quoted(source)).append("}\n");
    }
}
