package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.machine.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a check is to do.
 *
 * @param contracts files, directories and patterns
 * @param structs structs that are held to their group markers, by reference
 * @param from the source, whatever contracts name
 * @param match which structs of the source are held to their group markers
 * @param machine the machine asked for, else this one
 * @param asked what was asked about the machine
 * @param update whether baselines are recorded
 * @param quiet whether only what is broken is shown
 * @param reports begins the report
 * @param output the file it goes to
 */
record CheckRequest(
        List<String> contracts,
        List<String> structs,
        Optional<String> from,
        Optional<Glob> match,
        Machine machine,
        MachineOptions asked,
        boolean update,
        boolean quiet,
        ReportWriters reports,
        Optional<Path> output) {

    /** Copies the lists. */
    CheckRequest {
        contracts = List.copyOf(contracts);
        structs = List.copyOf(structs);
    }
}
