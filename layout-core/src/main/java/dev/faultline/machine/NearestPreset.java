package dev.faultline.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The preset whose costs are nearest to a CPU's, by what the Linux kernel tells of it in {@code /proc/cpuinfo}. Family
 * and model numbers are those that the vendors give their CPUs.
 *
 * @param preset the preset
 * @param cpu the CPU, in words
 * @param isSameKind whether the preset was measured on such a CPU; otherwise it is only the nearest
 */
record NearestPreset(Machine preset, String cpu, boolean isSameKind) {

    private static final Set<Integer> SKYLAKE_SERVERS = Set.of(85); // with Cascade Lake and Cooper Lake
    private static final Set<Integer> ICE_LAKE_SERVERS = Set.of(106, 108);
    private static final Set<Integer> LATER_SERVERS = Set.of(143, 207, 173, 174); // Sapphire, Emerald, Granite Rapids
    private static final int ZEN_3 = 25;
    private static final int MOST_MILAN_MODEL = 15;

    /** {@return the nearest preset; x86-64 when the CPU is not recognised} */
    static NearestPreset of(String cpuInfo) {
        Map<String, String> first = new HashMap<>();
        for (String line : cpuInfo.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                first.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        String vendor = first.getOrDefault("vendor_id", "");
        if (vendor.equals("GenuineIntel")) {
            return intel(number(first, "cpu family"), number(first, "model"));
        }
        if (List.of("AuthenticAMD", "HygonGenuine").contains(vendor)) {
            int family = number(first, "cpu family");
            int model = number(first, "model");
            boolean isMilan = family == ZEN_3 && model >= 0 && model <= MOST_MILAN_MODEL;
            return new NearestPreset(Machines.milan(), words("AMD", family, model), isMilan);
        }
        if (vendor.equals("IBM/S390")) {
            return new NearestPreset(Machines.s390x(), "s390x", false);
        }
        if (first.getOrDefault("cpu", "").startsWith("POWER")) {
            return new NearestPreset(Machines.power(), "POWER", first.get("cpu").startsWith("POWER7"));
        }
        return arm(first);
    }

    private static NearestPreset intel(int family, int model) {
        boolean isServer = family == 6 && (ICE_LAKE_SERVERS.contains(model) || LATER_SERVERS.contains(model));
        boolean isSame = family == 6 && (SKYLAKE_SERVERS.contains(model) || ICE_LAKE_SERVERS.contains(model));
        return new NearestPreset(isServer ? Machines.iceLake() : Machines.x86(), words("Intel", family, model), isSame);
    }

    private static NearestPreset arm(Map<String, String> first) {
        String part = first.getOrDefault("CPU part", "");
        return switch (first.getOrDefault("CPU implementer", "")) {
            case "0x41" -> new NearestPreset(Machines.neoverse(), "Arm part " + part, part.equals("0xd0c"));
            case "0x61" -> new NearestPreset(Machines.apple(), "Apple part " + part, false);
            default -> new NearestPreset(Machines.x86(), "not recognised", false);
        };
    }

    private static String words(String vendor, int family, int model) {
        return vendor + " family " + family + " model " + model;
    }

    private static int number(Map<String, String> first, String key) {
        String digits = first.getOrDefault(key, "");
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
    }

    /** {@return the preset's costs, whose sources name the preset, the CPU, and what measures them} */
    Costs costs() {
        String of = "of preset " + preset.name() + (isSameKind ? ", whose CPU this is" : ", the nearest to this CPU")
                + ", " + cpu + "; `faultline calibrate` measures this machine; ";
        return Costs.of(preset.costs().named().stream()
                .map(Costs.Named::figure)
                .map(figure -> new Sourced<>(figure.value(), of + figure.source()))
                .toList());
    }
}
