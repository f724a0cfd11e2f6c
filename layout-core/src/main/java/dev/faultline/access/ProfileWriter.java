package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.VisibleText;
import dev.faultline.input.YamlText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes profiles in the form that {@link ProfileReader} reads back to an equal profile, except for the source. */
@Internal
public final class ProfileWriter {

    private static final int MOST_ZEROS = 3; // 1000, but 1e4
    private static final int MOST_DECIMALS = 9;

    private ProfileWriter() {}

    /**
     * Writes a profile.
     *
     * @param profile the profile; its names, and the paths in it, are not blank
     * @return a profile file
     */
    public static String write(Profile profile) {
        return write(profile, ProfileNotes.NONE);
    }

    /**
     * Writes a profile with comments.
     *
     * @param profile the profile; its names, and the paths in it, are not blank
     * @param notes the comments
     * @return a profile file
     */
    public static String write(Profile profile, ProfileNotes notes) {
        StringBuilder out = new StringBuilder();
        notes.head().forEach(line -> comment(out, "", line));
        out.append("profile: ").append(YamlText.quoted(profile.title())).append('\n');
        out.append("structs:\n");
        for (StructProfile struct : profile.structs()) {
            struct(out, struct, notes);
            notes.ofStruct(struct.struct()).forEach(line -> comment(out, "    ", line));
        }
        return out.toString();
    }

    private static void comment(StringBuilder out, String indent, String line) {
        out.append(indent).append("# ").append(VisibleText.of(line)).append('\n');
    }

    private static void struct(StringBuilder out, StructProfile struct, ProfileNotes notes) {
        out.append("  ").append(YamlText.word(struct.struct())).append(":\n");
        out.append("    roles:").append(struct.roles().isEmpty() ? " {}\n" : "\n");
        for (Role role : struct.roles()) {
            notes.ofRole(struct.struct(), role.name()).forEach(line -> comment(out, "      ", line));
            out.append("      ").append(YamlText.word(role.name()));
            out.append(": { cpus: ").append(cpus(role.cpus())).append(" }\n");
        }
        out.append("    operations:").append(struct.operations().isEmpty() ? " []\n" : "\n");
        Map<String, String> fields = new HashMap<>(notes.ofFields(struct.struct()));
        for (Operation operation : struct.operations()) {
            operation(out, operation, fields);
        }
        if (!struct.phases().isEmpty()) {
            out.append("    phases:\n");
        }
        for (Phase phase : struct.phases()) {
            String roles = phase.roles().stream().map(YamlText::word).collect(Collectors.joining(", ", "[", "]"));
            out.append("      ").append(YamlText.word(phase.name())).append(": ");
            out.append(roles).append('\n');
        }
    }

    private static void operation(StringBuilder out, Operation operation, Map<String, String> notes) {
        out.append("      - name: ").append(YamlText.word(operation.name())).append('\n');
        out.append("        role: ").append(YamlText.word(operation.role())).append('\n');
        if (!Double.isNaN(operation.ratePerSecond())) {
            out.append("        rate: ")
                    .append(
                            operation.ratePerSecond() == Operation.FULL_RATE
                                    ? ProfileReader.MAX_RATE
                                    : number(operation.ratePerSecond()))
                    .append('\n');
        }
        out.append("        accesses:").append(operation.accesses().isEmpty() ? " []\n" : "\n");
        for (Access access : operation.accesses()) {
            out.append("          - { field: ").append(YamlText.word(access.field()));
            out.append(", kind: ").append(access.kind().word());
            if (access.kind() == AccessKind.WRITE_IF_CHANGED) {
                out.append(", changes: ").append(number(access.changeShare()));
            }
            if (access.gapNanos() > 0) {
                out.append(", gap: ").append(number(access.gapNanos())).append("ns");
            }
            if (!access.after().isEmpty()) {
                out.append(", after: ").append(YamlText.word(access.after()));
            }
            String note = notes.remove(access.field());
            out.append(note == null ? " }\n" : " } # " + VisibleText.of(note) + "\n");
        }
    }

    private static String cpus(Cpus cpus) {
        if (cpus instanceof Cpus.Listed listed) {
            return listed.ids().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        }
        return cpus instanceof Cpus.Count some ? Integer.toString(some.count()) : "all";
    }

    /** {@return the shortest digits that read back to the same value} */
    static String number(double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        boolean plain = shortest.scale() >= -MOST_ZEROS && shortest.scale() <= MOST_DECIMALS;
        return plain
                ? shortest.toPlainString()
                : shortest.unscaledValue() + (shortest.scale() < 0 ? "e" : "e-") + Math.abs(shortest.scale());
    }
}
