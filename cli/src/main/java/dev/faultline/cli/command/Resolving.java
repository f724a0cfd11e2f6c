package dev.faultline.cli.command;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.cli.option.ColorMode;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.Words;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.jvm.VmMode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns groups of options into what they stand for: files are read, words are looked up, the machine is asked. */
final class Resolving {

    private static final String NO_PROFILE = "none";
    private static final int MOST_PROFILE_BYTES = 16 << 20;

    private Resolving() {}

    static SourceDetector detector(SourceOptions options, CommandSpec command) {
        Optional<VmMode> mode = Optional.empty();
        if (options.vm != null) {
            try {
                mode = Optional.of(VmMode.parse(options.vm));
            } catch (IllegalArgumentException unknown) {
                throw Complaints.usage(command, "Invalid value for option '--vm': " + unknown.getMessage());
            }
        }
        return SourceDetector.here(Optional.ofNullable(options.base), mode);
    }

    static Judgement judgement(
            MachineOptions machine, JudgementOptions options, Surroundings surroundings, CommandSpec command) {
        boolean shipped = options.profile == null;
        return new Judgement(
                machine(machine, surroundings, command),
                rules(options.ignored, command),
                shipped || options.profile.equals(NO_PROFILE)
                        ? Optional.empty()
                        : Optional.of(profile(options.profile)),
                shipped,
                Optional.ofNullable(machine.baseAlignment).map(bytes -> new Placement(bytes, "--base-align")));
    }

    static Machine machine(MachineOptions options, Surroundings surroundings, CommandSpec command) {
        Machine machine = options.machine == null
                ? surroundings.machine().get()
                : Machines.byName(options.machine)
                        .or(() -> MachineFile.read(options.machine))
                        .orElseThrow(() -> unknown(options.machine, command));
        return options.lineBytes == null ? machine : machine.withLineBytes(options.lineBytes, "--line");
    }

    private static ParameterException unknown(String machine, CommandSpec command) {
        return Complaints.usage(
                command,
                "Invalid value for option '--machine': expected " + Words.oneOf(Machines.names())
                        + ", or a machine file; there is no file '" + machine + "'"
                        + Nearest.hint(machine, Machines.names()));
    }

    private static List<HazardRule> rules(List<String> ignored, CommandSpec command) {
        Set<String> known = new HashSet<>(Catalog.ids());
        for (String id : ignored) {
            if (!known.contains(id)) {
                throw Complaints.usage(
                        command,
                        "Invalid value for option '--ignore': there is no rule " + id + Nearest.hint(id, Catalog.ids())
                                + "; 'faultline explain' lists them");
            }
        }
        return Catalog.RULES.stream()
                .filter(rule -> !ignored.contains(rule.id()))
                .toList();
    }

    static Profile profile(String file) {
        return ProfileReader.read(file, InputText.read(file, "profile", MOST_PROFILE_BYTES));
    }

    static boolean color(OutputOptions options, Surroundings surroundings) {
        return options.color == ColorMode.ALWAYS
                || options.color == ColorMode.AUTO && options.file == null && surroundings.wantsColor();
    }
}
