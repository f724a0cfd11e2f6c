package dev.faultline.offheap.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.machine.Machines;
import dev.faultline.machine.Sourced;
import dev.faultline.machine.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which CPUs take part, in which pairs and crowds, and for how long. */
class PlanTest {

    @TempDir
    Path root;

    private static List<CpuPlace> places(int cpus, int clusters, int sockets) {
        return IntStream.range(0, cpus)
                .mapToObj(cpu -> new CpuPlace(cpu, cpu * clusters / cpus, cpu * sockets / cpus))
                .toList();
    }

    @Test
    void few_cpus_are_all_paired_and_of_many_each_distance_gets_its_share() {
        assertThat(Pair.sample(places(2, 1, 1))).containsExactly(new Pair(0, 1, Distance.CLUSTER));
        assertThat(Pair.sample(places(12, 2, 1))).hasSize(66);

        List<Pair> sample = Pair.sample(places(192, 12, 2));

        assertThat(sample).hasSizeLessThanOrEqualTo(Pair.MOST).doesNotHaveDuplicates();
        assertThat(sample.stream().collect(Collectors.groupingBy(Pair::distance, Collectors.counting())))
                .isEqualTo(Map.of(Distance.CLUSTER, 22L, Distance.SOCKET, 22L, Distance.REMOTE, 22L));
        assertThat(Pair.sample(places(192, 12, 2))).isEqualTo(sample);
        assertThat(Pair.count(places(4, 2, 2))).isEqualTo(Map.of(Distance.CLUSTER, 2, Distance.REMOTE, 4));
    }

    @Test
    void crowds_double_up_to_all() {
        assertThat(new Plan(places(2, 1, 1), 1, 1).crowds()).containsExactly(2);
        assertThat(new Plan(places(8, 1, 1), 1, 1).crowds()).containsExactly(2, 4, 8);
        assertThat(new Plan(places(12, 1, 1), 1, 1).crowds()).containsExactly(2, 4, 8, 12);
    }

    @Test
    void a_huge_machine_is_sampled_evenly() {
        List<CpuPlace> chosen = Plan.spread(places(2048, 16, 4));
        assertThat(chosen).hasSize(Plan.MOST_CPUS);
        assertThat(chosen.stream().map(CpuPlace::cluster).distinct()).hasSize(16);
        assertThat(Plan.spread(places(3, 1, 1))).hasSize(3);
    }

    @Test
    void windows_share_the_time_within_bounds() {
        assertThat(new Plan(places(2, 1, 1), 9, 1).windowNanos(10)).isEqualTo(10_000_000);
        assertThat(new Plan(places(2, 1, 1), 1, 3600).windowNanos(1)).isEqualTo(200_000_000);
        assertThat(new Plan(places(2, 1, 1), 1001, 0.01).windowNanos(100)).isEqualTo(200_000);
    }

    @Test
    void plans_that_cannot_be_are_refused() {
        List<CpuPlace> two = places(2, 1, 1);
        assertThatThrownBy(() -> new Plan(two, 0, 1)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> new Plan(two, 1002, 1)).hasMessageContaining("rounds");
        for (double seconds : new double[] {0, -1, Double.NaN, 1e9}) {
            assertThatThrownBy(() -> new Plan(two, 1, seconds)).hasMessageContaining("seconds");
        }
        assertThatThrownBy(() -> new Plan(places(257, 1, 1), 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(List.of(two.get(0), two.get(0)), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CpuPlace(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

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
        assertThat(places.get(0).to(places.get(1))).isEqualTo(Distance.REMOTE);
        assertThat(places.get(0).to(places.get(2))).isEqualTo(Distance.CLUSTER);

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
