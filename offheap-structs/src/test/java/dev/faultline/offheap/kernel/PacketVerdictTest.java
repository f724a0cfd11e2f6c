package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Findings about devices, packets and sockets: what was fixed or is known is found, and fields grouped by role are not.
 */
class PacketVerdictTest {

    private static final Machine MACHINE = Machines.x86();

    @Test
    void one_count_for_a_device_is_true_sharing_that_no_layout_helps() {
        Analysis analysis = analyze("net_device@2.6.36");

        assertThat(analysis.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("TrueSharing");
            assertThat(finding.fields()).containsExactly("refcnt");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.advice()).endsWith("no layout saves time");
        });
        assertThat(analysis.breakdown()
                        .orElseThrow()
                        .floor()
                        .operations()
                        .get(0)
                        .coherenceNanos())
                .as("each reference waits for the line, wherever it stands")
                .isGreaterThan(100);
    }

    @Test
    void a_count_for_each_cpu_leaves_a_pointer_that_is_read_and_nothing_to_say() {
        Analysis analysis = analyze("net_device@2.6.37");

        assertThat(analysis.findings()).isEmpty();
        assertThat(analysis.breakdown().orElseThrow().cost().operations().get(0).coherenceNanos())
                .isLessThan(0.1);
    }

    @Test
    void the_groups_of_a_device_keep_what_is_read_for_each_packet_away_from_every_write() {
        Analysis analysis = analyze("net_device@6.18");

        assertThat(atLeast(analysis, Severity.WARNING)).isEmpty();
        assertThat(analysis.findings())
                .extracting(Finding::rule)
                .as("at most a remark that packets read from more lines than their bytes fill")
                .isSubsetOf("ScatteredHotFields");
    }

    @Test
    void the_driver_links_the_clone_on_the_line_that_tcp_reads_the_original_from() {
        Analysis analysis = analyze("sk_buff_fclones@6.18");

        assertThat(atLeast(analysis, Severity.WARNING)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.rule()).isIn("EmbeddedStructSpill", "WritersShareLine");
            assertThat(finding.certainty()).isEqualTo(Certainty.DECLARED);
            assertThat(finding.fields())
                    .allSatisfy(field ->
                            assertThat(lineOf(analysis, field)).as(field).isEqualTo(3));
        });
        for (String link : List.of("skb2.next", "skb2.prev")) {
            assertThat(of(analysis, "EmbeddedStructSpill"))
                    .filteredOn(finding -> finding.fields().get(0).equals(link))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.fields()).contains("skb1.truesize", "skb1.head");
                        assertThat(finding.message()).contains(link + " (write by driver");
                    });
        }
        assertThat(of(analysis, "EmbeddedStructSpill"))
                .as("and back: TCP writes the original's count beside the clone's links")
                .anySatisfy(finding -> assertThat(finding.fields()).startsWith("skb1.users", "skb2.next", "skb2.prev"));
    }

    @Test
    void a_packet_alone_has_one_owner_at_a_time_and_no_hazard() {
        Analysis analysis = analyze("sk_buff@6.18");

        assertThat(atLeast(analysis, Severity.WARNING)).isEmpty();
        assertThat(analysis.findings())
                .noneMatch(finding -> finding.rule().equals("WriterBesideReaders")
                        || finding.rule().equals("WritersShareLine"));
        assertThat(analysis.breakdown().orElseThrow().cost().operations())
                .allMatch(operation -> operation.coherenceNanos() == 0);
    }

    @Test
    void a_sockets_packet_caches_stand_with_what_the_same_two_cpus_write_and_that_is_no_fault() {
        Analysis analysis = analyze("sock@5.10");

        assertThat(atLeast(analysis, Severity.WARNING))
                .allSatisfy(finding -> assertThat(finding.fields())
                        .doesNotContain("sk_rx_skb_cache", "sk_tx_skb_cache", "sk_receive_queue", "sk_write_queue"));
        assertThat(of(analysis, "WritersShareLine"))
                .as("the queue of received packets, its cache and its budget only ever move together")
                .noneMatch(finding -> finding.fields().contains("sk_rx_skb_cache"));
    }

    /**
     * In 6.12 the budget is in the group that both sides write; the limit and the filter are in the group that is read.
     */
    @Test
    void a_sockets_budget_stood_beside_what_receiving_only_reads_until_the_groups_parted_them() {
        assertThat(atLeast(analyze("sock@5.10"), Severity.WARNING))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("WriterBesideReaders");
                    assertThat(finding.fields()).containsExactly("sk_forward_alloc", "sk_rcvbuf", "sk_filter");
                });
    }

    private static Analysis analyze(String reference) {
        Lookup lookup = new KernelCatalog().find(reference);
        return new Analyzer(MACHINE, Catalog.RULES)
                .analyze(((Lookup.Found) lookup).subjects().get(0));
    }

    private static List<Finding> atLeast(Analysis analysis, Severity least) {
        return analysis.findings().stream()
                .filter(finding -> finding.severity().compareTo(least) >= 0)
                .toList();
    }

    private static List<Finding> of(Analysis analysis, String rule) {
        return analysis.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    private static long lineOf(Analysis analysis, String field) {
        return analysis.subject().layout().resolve(field).orElseThrow().bytes().start() / 64;
    }
}
