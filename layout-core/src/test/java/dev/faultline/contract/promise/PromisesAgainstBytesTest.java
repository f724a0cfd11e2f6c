package dev.faultline.contract.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.contract.DeclaredPromise;
import dev.faultline.contract.PromiseChecker;
import dev.faultline.contract.PromiseResult;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Checks promises about lines against a byte-by-byte computation: every byte of every field, in every placement, has a
 * line.
 */
class PromisesAgainstBytesTest {

    private static final int STRUCTS = 3000;

    @Test
    void verdicts_are_those_of_counting_bytes() {
        long seed = Long.getLong("faultline.seed", 20_261_121L);
        Random random = new Random(seed);
        int broken = 0;
        int judged = 0;
        for (int i = 0; i < STRUCTS; i++) {
            StructLayout layout = layout(random);
            int line = 16 << random.nextInt(4);
            long align = 1L << random.nextInt(8);
            List<String> names = layout.members().stream().map(Member::name).toList();
            String another = names.get(random.nextInt(names.size()));
            List<String> some = another.equals("f0") ? List.of("f0") : List.of("f0", another);
            PromiseChecker checker = new PromiseChecker(
                    Subject.of(layout),
                    new Conditions(
                            Machines.x86(),
                            List.of(line),
                            new PromisePlacements.BaseAlign(align),
                            List.of(),
                            Optional.empty()));
            String label =
                    "seed " + seed + ", struct " + i + " " + layout.members() + ", line " + line + ", at " + align;
            broken += same(label, checker, new Alone(some), alone(layout, some, line, align));
            broken += same(label, checker, new NoStraddle("f0"), fewest(layout, "f0", line, align));
            broken += same(label, checker, new LineAligned("f0"), starts(layout, "f0", line, align));
            judged += 3;
            if (some.size() > 1) {
                broken += same(label, checker, new SameLine(some), together(layout, some, line, align));
                broken += same(label, checker, new DifferentLines(some), apart(layout, some, line, align));
                judged += 2;
            }
        }
        assertThat(broken).isBetween(judged / 10, judged * 9 / 10);
    }

    private static int same(String label, PromiseChecker checker, Promise promise, boolean kept) {
        PromiseResult result = checker.check(new DeclaredPromise(promise, "test", ""));
        assertThat(result.status())
                .as("%s: %s %s", label, promise.words(), result.why())
                .isEqualTo(kept ? PromiseResult.Status.KEPT : PromiseResult.Status.BROKEN);
        return kept ? 0 : 1;
    }

    private static StructLayout layout(Random random) {
        List<Member> members = new ArrayList<>();
        long at = random.nextInt(3) * 8L;
        for (int i = 0; i <= random.nextInt(5) + 1; i++) {
            long size = 1L << random.nextInt(4);
            long count = random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 1;
            at = (at + size - 1) / size * size;
            FieldType one = FieldType.Scalar.natural("u" + size * 8, size);
            members.add(Member.of("f" + i, count == 1 ? one : new FieldType.Array(one, count), at));
            at += size * count + (random.nextInt(3) == 0 ? random.nextInt(160) : 0);
        }
        return StructLayout.of(
                "random", AggregateKind.STRUCT, at, 1, members, Provenance.of(Provenance.Origin.DECLARED, "test"));
    }

    /** The lines of a field's bytes when byte 0 is at this address. */
    private static Set<Long> lines(StructLayout layout, String field, int line, long address) {
        Member member = layout.members().stream()
                .filter(one -> one.name().equals(field))
                .findFirst()
                .orElseThrow();
        Set<Long> lines = new HashSet<>();
        for (long i = 0; i < member.type().byteSize(); i++) {
            lines.add((address + member.byteOffset() + i) / line);
        }
        return lines;
    }

    private static boolean alone(StructLayout layout, List<String> members, int line, long align) {
        for (long address = 4096; address < 4096 + line; address += align) {
            Set<Long> own = new HashSet<>();
            for (String field : members) {
                own.addAll(lines(layout, field, line, address));
            }
            for (Member other : layout.members()) {
                if (!members.contains(other.name())) {
                    Set<Long> shared = lines(layout, other.name(), line, address);
                    shared.retainAll(own);
                    if (!shared.isEmpty()) {
                        return false;
                    }
                }
            }
            boolean outside = own.contains((address - 1) / line) || own.contains((address + layout.byteSize()) / line);
            if (align < line && outside) {
                return false;
            }
        }
        return true;
    }

    private static boolean fewest(StructLayout layout, String field, int line, long align) {
        for (long address = 4096; address < 4096 + line; address += align) {
            long bytes = layout.resolve(field).orElseThrow().bytes().byteSize();
            if (lines(layout, field, line, address).size() > (bytes + line - 1) / line) {
                return false;
            }
        }
        return true;
    }

    private static boolean starts(StructLayout layout, String field, int line, long align) {
        for (long address = 4096; address < 4096 + line; address += align) {
            if ((address + layout.resolve(field).orElseThrow().bytes().start()) % line != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean together(StructLayout layout, List<String> members, int line, long align) {
        for (long address = 4096; address < 4096 + line; address += align) {
            Set<Long> own = new HashSet<>();
            for (String field : members) {
                own.addAll(lines(layout, field, line, address));
            }
            if (own.size() > 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean apart(StructLayout layout, List<String> members, int line, long align) {
        for (long address = 4096; address < 4096 + line; address += align) {
            Set<Long> shared = lines(layout, members.get(0), line, address);
            shared.retainAll(lines(layout, members.get(1), line, address));
            if (!shared.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
