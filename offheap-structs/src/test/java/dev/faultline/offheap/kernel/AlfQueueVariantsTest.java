package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The catalogue's variants of the queue are found to be better than the posted one without measuring them. */
class AlfQueueVariantsTest {

    private static final Machine MACHINE = Machines.x86();

    @Test
    void both_variants_lose_less_than_the_posted_queue_with_four_threads_on_each_side() {
        double posted = cpusLost("posted");

        assertThat(cpusLost("remembered")).isLessThan(0.8 * posted);
        assertThat(cpusLost("sequenced")).isLessThan(0.95 * posted);
    }

    @Test
    void in_an_almost_empty_queue_remembering_gains_less_because_each_dequeue_looks_again() throws Exception {
        try (InputStream empty = getClass().getResourceAsStream("alf_queue@remembered-empty.yaml")) {
            StructProfile profile = ProfileReader.read(
                            "almost empty", new String(empty.readAllBytes(), StandardCharsets.UTF_8))
                    .forStruct("alf_queue")
                    .orElseThrow();

            assertThat(cpusLost("remembered", profile)).isGreaterThan(1.1 * cpusLost("remembered"));
        }
    }

    private static double cpusLost(String version) {
        return cpusLost(version, catalogued(version).profile().orElseThrow());
    }

    private static double cpusLost(String version, StructProfile profile) {
        Workload workload = Workload.of(
                Resolution.resolve(catalogued(version).layout(), profile),
                MACHINE.cpus().value());
        LineMap lines = LineMap.of(workload.fields(), MACHINE.lineBytes().value(), 0);
        return new CostModel(MACHINE)
                .cost(workload, lines).operations().stream()
                        .mapToDouble(OperationCost::cpusLost)
                        .sum();
    }

    private static Subject catalogued(String version) {
        return ((Lookup.Found) new KernelCatalog().find("alf_queue@" + version))
                .subjects()
                .get(0);
    }
}
