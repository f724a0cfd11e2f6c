package dev.faultline.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vendor_id : GenuineIntel;cpu family : 6;model : 85|x86-64|whose CPU this is, Intel family 6 model 85;",
                "vendor_id : GenuineIntel;cpu family : 6;model : 106|ice-lake|whose CPU this is",
                "vendor_id : GenuineIntel;cpu family : 6;model\t\t: 207|ice-lake|CPU, Intel family 6 model 207;",
                "vendor_id : GenuineIntel;cpu family : 6;model : 158|x86-64|the nearest to this CPU",
                "vendor_id : GenuineIntel;cpu family : six|x86-64|the nearest to this CPU",
                "vendor_id : AuthenticAMD;cpu family : 25;model : 1|epyc-milan|whose CPU this is",
                "vendor_id : AuthenticAMD;cpu family : 26;model : 2|epyc-milan|CPU, AMD family 26 model 2;",
                "CPU implementer : 0x41;CPU part : 0xd0c|neoverse|whose CPU this is, Arm part 0xd0c;",
                "CPU implementer : 0x41;CPU part : 0xd4f|neoverse|the nearest to this CPU, Arm part 0xd4f;",
                "CPU implementer : 0x61;CPU part : 0x022|apple-m|the nearest to this CPU",
                "cpu : POWER9, altivec supported|power|the nearest to this CPU",
                "vendor_id : IBM/S390|s390x|the nearest to this CPU",
                "nothing that is known|x86-64|the nearest to this CPU, not recognised;",
            })
    void costs_are_those_of_the_nearest_preset_which_is_named_and_calibrate_is_proposed(
            String cpuInfo, String preset, String words) throws IOException {
        write("cpuinfo", "processor : 0\n" + cpuInfo.replace(';', '\n') + "\n\nprocessor : 1\nmodel : 1\n");

        Costs costs = MachineDetection.detect(root.resolve("sys"), root.resolve("cpuinfo"), 2)
                .costs();
        Costs expected = Machines.byName(preset).orElseThrow().costs();
        assertThat(costs.transfers().remoteNanos().value())
                .isEqualTo(expected.transfers().remoteNanos().value());
        assertThat(costs.hitNanos().value()).isEqualTo(expected.hitNanos().value());
        assertThat(costs.transfers().clusterNanos().source())
                .startsWith("of preset " + preset + ", ")
                .contains(words, "`faultline calibrate` measures this machine")
                .endsWith(expected.transfers().clusterNanos().source());
        assertThat(costs.retention().value()).as("not calibrated").isZero();
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
