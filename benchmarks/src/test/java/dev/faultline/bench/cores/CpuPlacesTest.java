package dev.faultline.bench.cores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.machine.Machines;
import dev.faultline.machine.Sourced;
import dev.faultline.machine.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which CPUs a process may use, and where they are. */
class CpuPlacesTest {

    @TempDir
    Path root;

    @Test
    void lists_of_cpus_are_read_as_the_kernel_writes_them() {
        assertThat(CpuPlaces.list("0-3,8")).containsExactly(0, 1, 2, 3, 8);
        assertThat(CpuPlaces.list("5")).containsExactly(5);
        for (String nonsense : new String[] {"", "a", "1-", "0-99999999999", "1,,2", "-1"}) {
            assertThat(CpuPlaces.list(nonsense)).as(nonsense).isEmpty();
        }
        assertThat(CpuPlaces.list("0-99999")).hasSize(Topology.MOST_CPUS);
    }

    @Test
    void where_cpus_are_is_read_and_else_taken_from_the_topology() throws IOException {
        Path status = write("status", "Name:\tjava\nCpus_allowed_list:\t0-1,3\n");
        cpu(0, "0", "0");
        cpu(1, "1", "0"); // caches of both sockets are called 0
        cpu(3, "0", "0");

        List<CpuPlace> places = CpuPlaces.read(root, status, Machines.x86().topology());

        assertThat(places).extracting(CpuPlace::cpu).containsExactly(0, 1, 3);
        assertThat(places.get(0).to(places.get(1))).isEqualTo(CpuDistance.REMOTE);
        assertThat(places.get(0).to(places.get(2))).isEqualTo(CpuDistance.CLUSTER);

        Sourced<Integer> two = new Sourced<>(2, "test");
        Topology topology = new Topology(new Sourced<>(4, "test"), two, two);
        assertThat(CpuPlaces.read(root.resolve("nothing"), root.resolve("nothing"), topology))
                .containsExactly(
                        new CpuPlace(0, 0, 0), new CpuPlace(1, 0, 0), new CpuPlace(2, 1, 1), new CpuPlace(3, 1, 1));
    }

    private void cpu(int cpu, String socket, String cache) throws IOException {
        write("devices/system/cpu/cpu" + cpu + "/topology/physical_package_id", socket + "\n");
        write("devices/system/cpu/cpu" + cpu + "/cache/index3/id", cache + "\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
