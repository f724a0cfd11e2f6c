package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.btf.BtfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the declarations of 6.18 with the BTF of the running kernel, if that is a 6.18 in which the struct has the
 * declared size and number of members; otherwise the test is skipped.
 */
@Tag("slow")
class DeclaredAgainstKernelTest {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");

    private static BtfSource kernel;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Files.isReadable(KERNEL) && Files.isReadable(RELEASE), "this kernel carries no BTF");
        String release = Files.readString(RELEASE).strip();
        assumeTrue(release.startsWith("6.18."), "the running kernel is " + release);
        kernel = BtfSource.open("kernel", KERNEL, Optional.empty());
    }

    /** The last two columns distinguish configurations of the kernel. */
    @ParameterizedTest
    @CsvSource({
        "net_device@6.18,      2496, 180",
        "sk_buff@6.18,          224,  28",
        "sk_buff_fclones@6.18,  456,   3",
        "dst_entry@6.4,         136,  22",
        "rtable@6.4,            176,  11",
        "rt6_info@6.4,          224,   9"
    })
    void each_declared_field_is_where_the_running_kernel_has_it(String reference, long byteSize, int members) {
        StructLayout declared = layout(new KernelCatalog().find(reference));
        StructLayout running = layout(kernel.find(declared.name()));
        assumeTrue(
                running.byteSize() == byteSize && running.members().size() == members,
                "configured otherwise: " + running);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Slot.Field field : declared.fields()) {
            if (!field.path().contains("undeclared_") && field.byteSize() > 0) {
                Optional<FieldRef> theirs = running.resolve(field.path());
                String ours = describe(FieldRef.of(field));
                if (!theirs.map(DeclaredAgainstKernelTest::describe).equals(Optional.of(ours))) {
                    differences.add(ours + ", but the kernel has "
                            + theirs.map(DeclaredAgainstKernelTest::describe).orElse("none"));
                }
                compared++;
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isPositive();
        assertThat(declared.byteSize()).isEqualTo(byteSize);
    }

    @ParameterizedTest
    @CsvSource({"sk_buff@6.18, 28", "sk_buff_fclones@6.18, 3"})
    void what_is_declared_in_full_is_the_same_slot_by_slot(String reference, int members) {
        StructLayout declared = layout(new KernelCatalog().find(reference));
        StructLayout running = layout(kernel.find(declared.name()));
        assumeTrue(
                running.byteSize() == declared.byteSize() && running.members().size() == members,
                "configured otherwise: " + running);

        assertThat(running.sameBytesAs(declared)).isTrue();
    }

    private static StructLayout layout(Lookup lookup) {
        return ((Lookup.Found) lookup).subjects().get(0).layout();
    }

    private static String describe(FieldRef field) {
        return field.type().spelling() + " " + field.path() + " at " + field.bytes() + " "
                + field.bits().map(Object::toString).orElse("");
    }
}
