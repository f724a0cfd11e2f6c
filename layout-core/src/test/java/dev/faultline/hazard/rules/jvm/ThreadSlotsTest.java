package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.ArrayNeighbours;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays behind fields of which threads write elements of their own, told by the code of the class. */
class ThreadSlotsTest {

    private static List<Finding> findings(String className, String text) {
        return ExaminedClass.by(new ArrayNeighbours(), "17", className, text);
    }

    @Test
    void an_index_made_of_the_thread_is_quoted_with_the_reader_of_all() {
        List<Finding> findings = findings("Hits", """
                import java.util.concurrent.atomic.AtomicLongArray;
                class Hits {
                    final AtomicLongArray perThread = new AtomicLongArray(8);
                    void hit() {
                        perThread.incrementAndGet((int) Thread.currentThread().getId() & 7);
                    }
                    long sum() {
                        long sum = 0;
                        for (int i = 0; i < perThread.length(); i++) {
                            sum += perThread.get(i);
                        }
                        return sum;
                    }
                }
                """);

        assertThat(findings).hasSize(1);
        Finding finding = findings.get(0);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.certainty()).isEqualTo(Certainty.FROM_CODE);
        assertThat(finding.fields()).containsExactly("perThread");
        assertThat(finding.message())
                .isEqualTo(
                        "elements of perThread (AtomicLongArray) are 8 bytes apart, so neighbours share a cache line;"
                                + " Hits.hit:5 writes the one whose index depends on the thread");
        assertThat(finding.advice())
                .startsWith("use one element in 8 only (index * 8, from 8 on)")
                .contains("Hits.sum:10 reads elements in a loop and then touches a line for each");
        assertThat(finding.saving()).as("code tells no rates").isEmpty();
    }

    @Test
    void workers_made_in_a_loop_have_slots_of_their_own_unless_they_are_apart() {
        List<Finding> findings = findings("Workers", """
                class Workers {
                    final int[] close = new int[8];
                    final long[] wide = new long[8 * 16];
                    void start() {
                        for (int i = 0; i < 8; i++) {
                            int me = i;
                            new Thread(() -> {
                                while (true) {
                                    close[me]++;
                                    wide[me * 16]++;
                                }
                            }).start();
                        }
                    }
                }
                """);

        assertThat(findings).extracting(Finding::fields).containsExactly(List.of("close"));
        assertThat(findings.get(0).message())
                .contains("elements of close (int[]) are 4 bytes apart")
                .contains("Workers.start:9 writes");
    }

    @Test
    void slots_of_threads_that_are_apart_are_none_and_hashed_ones_are() {
        assertThat(findings("Probes", """
                class Probes {
                    final long[] wide = new long[64 * 8];
                    final long[] shifted = new long[64 * 8];
                    final long[] hashed = new long[64];
                    void hit() {
                        int own = (int) Thread.currentThread().getId() & 63;
                        wide[own * 8]++;
                        shifted[8 + (own << 3)]++;
                        hashed[own * 0x9E3779B9 >>> 26]++;
                    }
                }
                """)).extracting(Finding::fields).containsExactly(List.of("hashed"));
    }

    @Test
    void an_index_that_workers_hand_on_is_theirs_and_any_other_is_not() {
        String text = """
                class Tallies {
                    final long[] handed = new long[8];
                    final long[] mixed = new long[8];
                    final long[] twice = new long[8];
                    final long[] once = new long[8];
                    void handed(int who) { handed[who]++; }
                    void mixed(int who) { mixed[who]++; }
                    void twice(int who, long by) { add(who, by); }
                    private void add(int who, long by) { twice[who] = twice[who] + by; }
                    final long[] hashed = new long[64];
                    void hashed(int who) { hashed[who]++; }
                    void hash() { hashed((int) Thread.currentThread().getId() & 63); }
                    void once(int who, long result) { once[who] = result; }
                    void any(int key) { mixed(key); }
                    void start() {
                        for (int i = 0; i < 8; i++) {
                            int me = i;
                            new Thread(() -> {
                                while (!Thread.interrupted()) {
                                    handed(me);
                                    mixed(me);
                                    twice(me, 2);
                                }
                                once(me, 1);
                            }).start();
                        }
                    }
                }
                """;
        assertThat(findings("Tallies", text))
                .extracting(Finding::fields)
                .containsExactlyInAnyOrder(List.of("handed"), List.of("twice"), List.of("hashed"));
    }

    @Test
    void a_task_writes_the_slot_it_was_given() {
        assertThat(findings("Adder", """
                class Adder implements Runnable {
                    private final long[] sums;
                    private final int id;
                    Adder(long[] sums, int id) { this.sums = sums; this.id = id; }
                    public void run() {
                        for (int i = 0; i < 1000; i++) {
                            sums[id] += i;
                        }
                    }
                }
                """))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .contains("Adder.run:7 writes");
    }

    @Test
    void small_objects_made_in_a_loop_are_neighbours_and_large_ones_are_not() {
        String text = """
                class Slots {
                    static final class Cell { volatile long n; }
                    static final class Wide { volatile long n; long a, b, c, d, e, f, g, h; }
                    final Cell[] cells = new Cell[8];
                    final Wide[] wide = new Wide[8];
                    Slots() {
                        for (int i = 0; i < 8; i++) {
                            cells[i] = new Cell();
                            wide[i] = new Wide();
                        }
                    }
                    void hit() {
                        int slot = (int) Thread.currentThread().getId() & 7;
                        cells[slot].n++;
                        wide[slot].n++;
                    }
                }
                """;

        List<Finding> findings = findings("Slots", text);
        assertThat(findings).extracting(Finding::fields).containsExactly(List.of("cells"));
        assertThat(findings.get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(findings.get(0).message())
                .contains("(Slots$Cell[]) take 24 bytes each and Slots.<init>:8 makes them one after the other");
    }

    @Test
    void two_ends_in_one_array_are_neighbours_when_the_code_shows_their_roles() {
        assertThat(findings("Pipe", """
                import java.util.concurrent.atomic.AtomicLongArray;
                class Pipe {
                    final AtomicLongArray ends = new AtomicLongArray(2);
                    void fill() {
                        new Thread(() -> {
                            while (true) {
                                ends.lazySet(0, ends.get(0) + 1);
                            }
                        }).start();
                    }
                    void drain() {
                        new Thread(() -> {
                            while (true) {
                                ends.lazySet(1, ends.get(1) + 1);
                            }
                        }).start();
                    }
                }
                """))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("elements 0 and 1 of ends (AtomicLongArray) are 8 bytes apart and can share a cache line");
    }

    @Test
    void slots_of_a_ring_and_buckets_by_hash_tell_nothing() {
        assertThat(findings("Ring", """
                import java.util.concurrent.atomic.*;
                class Ring {
                    final Object[] slots = new Object[64];
                    final AtomicLongArray buckets = new AtomicLongArray(64);
                    volatile long head, tail;
                    boolean offer(Object one) {
                        long at = tail;
                        slots[(int) at & 63] = one;
                        tail = at + 1;
                        return true;
                    }
                    Object poll() {
                        long at = head;
                        Object one = slots[(int) at & 63];
                        slots[(int) at & 63] = null;
                        head = at + 1;
                        return one;
                    }
                    void count(Object key) {
                        buckets.incrementAndGet(key.hashCode() & 63);
                    }
                }
                """)).isEmpty();
    }
}
