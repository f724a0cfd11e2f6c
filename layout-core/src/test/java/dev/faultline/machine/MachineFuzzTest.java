package dev.faultline.machine;

import dev.faultline.testing.Mutations;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Broken machine files: one clear line, in 256 MB. */
class MachineFuzzTest {

    @Test
    void mutated_and_truncated_machines_end_with_one_line_or_are_read() {
        Mutations.text(MachineReaderTest.GOOD, 15_000, 5_000_000, yaml -> read(yaml, MachineFiles.none()));
        Mutations.text(
                MachineWriter.write(Machines.milan()), 5_000, 6_000_000, yaml -> read(yaml, MachineFiles.none()));
    }

    @Test
    void so_do_machines_like_broken_machines() {
        Mutations.text(
                MachineReaderTest.GOOD,
                5_000,
                7_000_000,
                yaml -> read(
                        "{machine: top, like: below}",
                        (from, like) -> Optional.of(new MachineFiles.Text(from + "/" + like, yaml))));
    }

    private static void read(String yaml, MachineFiles files) {
        MachineWriter.write(MachineReader.read("m.yaml", yaml, files));
    }
}
