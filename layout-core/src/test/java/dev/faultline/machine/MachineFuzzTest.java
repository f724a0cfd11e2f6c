package dev.faultline.machine;

import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Broken machine files give one clear line, in 256 MB. */
class MachineFuzzTest {

    @Test
    void broken_machines_and_machines_like_broken_ones_end_with_one_line_or_are_read() {
        String calibrated = MachineWriter.write(Machines.milan());
        Fuzz.text(FuzzShare.MACHINE, TextMutator.yaml(MachineReaderTest.GOOD, calibrated, MachineReaderTest.GOOD))
                .cutting(List.of(MachineReaderTest.GOOD, calibrated))
                .run(yaml -> {
                    boolean below = yaml.hashCode() % 4 == 0;
                    Machine machine = below
                            ? MachineReader.read(
                                    "m.yaml",
                                    "{machine: top, like: below}",
                                    (from, like) -> Optional.of(new MachineFiles.Text(from + "/" + like, yaml)))
                            : MachineReader.read("m.yaml", yaml, MachineFiles.none());
                    String written = MachineWriter.write(machine);
                    String again = MachineWriter.write(MachineReader.read("m.yaml", written, MachineFiles.none()));
                    if (!again.equals(written)) {
                        throw new AssertionError("written, read and written again: " + written + again);
                    }
                });
    }
}
