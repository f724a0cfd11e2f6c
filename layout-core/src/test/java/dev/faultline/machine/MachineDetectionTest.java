package dev.faultline.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineDetectionTest {

    @TempDir
    Path root;

    @Test
    void line_size_and_sockets_come_from_sysfs_and_say_so() throws IOException {
        write("sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size", "128\n");
        write("sys/devices/system/cpu/cpu0/topology/physical_package_id", "0\n");
        write("sys/devices/system/cpu/cpu1/topology/physical_package_id", "3\n");

        Machine machine = MachineDetection.detect(root.resolve("sys"), root.resolve("cpuinfo"), 2);

        assertThat(machine.lineBytes().value()).isEqualTo(128);
        assertThat(machine.lineBytes().source()).endsWith("coherency_line_size");
        assertThat(machine.pairBytes().value()).as("no pairs unless Intel").isEqualTo(128);
        assertThat(machine.sockets().value()).isEqualTo(2);
        assertThat(machine.cpus().value()).isEqualTo(2);
    }

    @Test
    void an_intel_cpu_fetches_lines_in_pairs() throws IOException {
        write("sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size", "64\n");
        write("cpuinfo", "processor : 0\nvendor_id : GenuineIntel\n");

        assertThat(MachineDetection.detect(root.resolve("sys"), root.resolve("cpuinfo"), 4)
                        .pairBytes()
                        .value())
                .isEqualTo(2 * 64);
    }

    @Test
    void nonsense_in_sysfs_falls_back_to_the_preset() throws IOException {
        for (String nonsense : new String[] {"", "-64", "60", "99999999999", "sixty-four", "8"}) {
            write("sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size", nonsense);

            Machine machine = MachineDetection.detect(root.resolve("sys"), root.resolve("cpuinfo"), 2);

            assertThat(machine.lineBytes())
                    .as(nonsense)
                    .isEqualTo(Machines.x86().lineBytes());
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
