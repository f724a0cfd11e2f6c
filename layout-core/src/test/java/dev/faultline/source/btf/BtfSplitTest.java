package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.elf.ElfBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module's BTF with its kernel's, with another's, with none, and with the sizes it brings along. */
class BtfSplitTest {

    private static final String WAY_OUT =
            "; give the BTF of the very kernel build that this file belongs to with --base";

    @TempDir
    Path directory;

    @Test
    void on_its_own_kernel_a_module_shows_the_members_of_the_kernels_structs() {
        BtfSource source = on(SplitBtf.kernel(), SplitBtf.module());

        assertThat(source.entries()).extracting(LayoutSource.Entry::name).containsExactly("priv");
        assertThat(fields(source))
                .containsExactly(
                        "device.list.next 0 8",
                        "device.list.prev 8 8",
                        "device.flags 16 4",
                        "queue.next 24 8",
                        "queue.prev 32 8",
                        "sequence 40 4");
        assertThat(layout(source).provenance().describe()).isEqualTo("module, base kernel");
        assertThat(source.notes()).isEmpty();
    }

    @Test
    void without_its_kernel_a_module_is_refused_with_the_option_to_give_it() {
        assertThatThrownBy(() -> BtfSource.of("module", bytes(SplitBtf.module()), Optional.empty()))
                .hasMessage("module: this BTF continues another, as a kernel module's does; give the kernel's with"
                        + " --base");
    }

    @Test
    void a_module_all_of_whose_names_are_the_kernels_is_known_as_one_by_its_lack_of_names() {
        BtfBuilder kernel = SplitBtf.kernel();
        BtfBuilder module = new BtfBuilder(5, kernel.stringBytes());
        int dev = kernel.stringBytes() - "dev\0".length();
        module.type(dev, BtfKind.STRUCT, 1, false, 24, 0, 4, 0);

        assertThatThrownBy(() -> BtfSource.of("module", bytes(module), Optional.empty()))
                .hasMessageStartingWith("module: this BTF continues another");
        assertThat(on(kernel, module).entries())
                .extracting(LayoutSource.Entry::name)
                .containsExactly("dev");
    }

    @Test
    void a_base_with_other_names_would_cut_a_name_out_of_another() {
        refused(
                () -> on(SplitBtf.kernel("flags_of_the_device", 24), SplitBtf.module()),
                "type 5, a name would be a part of another, 'ueue'");
    }

    @Test
    void a_base_with_a_shorter_name_would_leave_a_name_empty() {
        refused(
                () -> on(SplitBtf.kernel("f", 24), SplitBtf.module()),
                "type 5, a name would be empty, at the end of another");
    }

    @Test
    void a_base_whose_one_more_name_is_as_long_as_the_first_of_the_module_leaves_the_last_unused() {
        BtfBuilder module = new BtfBuilder(5, SplitBtf.kernel().stringBytes());
        module.struct("two", 4, true, module.string("one"), 1, 0);
        BtfBuilder other = SplitBtf.kernel();
        other.string("six");

        refused(
                () -> on(other, module),
                "type 5, this last type leaves names of the file that nothing would be called by");
    }

    @Test
    void a_base_without_the_last_names_would_leave_names_outside() {
        BtfBuilder module = new BtfBuilder(5, SplitBtf.kernel().stringBytes());
        module.struct("two", 4, true, module.string("one"), 1, 0);

        refused(
                () -> on(SplitBtf.kernel("f", 24), module),
                "type 5, a name would start at byte "
                        + (SplitBtf.kernel().stringBytes() + 4) + " of "
                        + (SplitBtf.kernel().stringBytes() + 4) + " bytes of names");
    }

    @Test
    void a_base_with_fewer_types_would_leave_a_type_out() {
        BtfBuilder kernel = SplitBtf.kernel();
        BtfBuilder fewer = new BtfBuilder();
        fewer.number("unsigned int", 4);
        fewer.string("x".repeat(kernel.stringBytes() - fewer.stringBytes() - 1));
        BtfBuilder module = new BtfBuilder(5, kernel.stringBytes());
        module.struct("one", 8, true, module.string("a"), 1, 0);
        module.struct("two", 8, true, module.string("b"), 5, 0);
        refused(() -> on(fewer, module), "type 3, type 5 would be used, and the last is 3");
    }

    @Test
    void a_base_with_another_type_in_a_place_would_use_a_function_as_one() {
        BtfBuilder other = new BtfBuilder();
        int u32 = other.number("unsigned int", 4);
        int run = other.type("list_head", BtfKind.FUNC, 0, false, 3);
        other.type("", BtfKind.FUNC_PROTO, 0, false, u32);
        other.struct("dev", 24, true, other.string("list"), 1, 0, other.string("flags"), u32, 128);
        other.string("x".repeat(SplitBtf.kernel().stringBytes() - other.stringBytes() - 1));
        assertThat(run).isEqualTo(2);
        refused(
                () -> on(other, SplitBtf.module()),
                "type 5, a function, variable or tag (type 2) would be used as a type");
    }

    @Test
    void a_base_with_a_larger_struct_would_leave_no_room_for_the_next_member() {
        refused(
                () -> on(SplitBtf.kernel("flags", 32), SplitBtf.module()),
                "type 5, member queue would overlap the one before it");
        refused(
                () -> on(SplitBtf.kernel("flags", 64), SplitBtf.module()),
                "type 5, member device would end at byte 64 of a struct of 48");
    }

    @Test
    void a_base_of_another_machine_is_refused() throws IOException {
        BtfBuilder big = new BtfBuilder().bigEndian();
        big.number("unsigned int", 4);
        assertThatThrownBy(() -> on(big, SplitBtf.module()))
                .hasMessage("module: the base kernel does not fit: it is big-endian, this file little-endian");

        BtfSource narrow = open("narrow", new ElfBuilder(false, ByteOrder.LITTLE_ENDIAN), SplitBtf.kernel(), null);
        Path module = write(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".BTF", SplitBtf.module().build()));
        assertThatThrownBy(() -> BtfSource.open("module", module, Optional.of(narrow)))
                .hasMessage("module: the base narrow does not fit: its pointers have 4 bytes, those of this file 8");
    }

    @Test
    void a_base_for_a_file_that_needs_none_is_not_used() {
        BtfSource kernel = of("kernel", SplitBtf.kernel());
        BtfSource source = BtfSource.of("complete", bytes(SplitBtf.kernel("state", 32)), Optional.of(kernel));

        assertThat(source.notes()).containsExactly("complete: is complete without a base; kernel is not used");
        assertThat(source.entries())
                .extracting(entry -> entry.name() + " " + entry.byteSize())
                .containsExactly("list_head 16", "dev 32");
    }

    @Test
    void without_the_kernel_the_sizes_beside_a_modules_btf_are_used() throws IOException {
        BtfSource source = open("module.ko", wide(), SplitBtf.moduleOnSizes(), SplitBtf.sizes());

        assertThat(fields(source)).containsExactly("device 0 24", "queue 24 16", "sequence 40 4");
        assertThat(layout(source).members().get(0).type()).isEqualTo(new FieldType.Opaque("struct dev", 24, 1));
        assertThat(source.notes())
                .containsExactly("module.ko: only the sizes of the kernel's structs in it are known, from .BTF.base;"
                        + " give the kernel's BTF with --base to see their members");
        assertThat(layout(source).provenance().detail()).isEqualTo("base .BTF.base, which has only sizes");
    }

    @Test
    void with_any_kernel_that_has_structs_of_these_names_and_sizes_a_modules_sizes_are_replaced() throws IOException {
        BtfBuilder newer = SplitBtf.kernel("flags_of_the_device", 24);
        newer.struct("dev", 32, false);
        newer.struct("unused", 8, true, newer.string("why"), 1, 0);
        BtfSource source = BtfSource.open("module.ko", moduleWithSizes(), Optional.of(of("kernel", newer)));

        assertThat(fields(source))
                .containsExactly(
                        "device.list.next 0 8",
                        "device.list.prev 8 8",
                        "device.flags_of_the_device 16 4",
                        "queue.next 24 8",
                        "queue.prev 32 8",
                        "sequence 40 4");
        assertThat(source.notes()).isEmpty();
        assertThat(layout(source).provenance().detail()).isEqualTo("base kernel by names");
    }

    @Test
    void structs_that_a_kernel_has_not_or_twice_keep_the_sizes_beside_the_module() throws IOException {
        BtfBuilder other = SplitBtf.kernel("flags", 32);
        int twice = other.string("list_head");
        other.type(twice, BtfKind.STRUCT, 0, false, 16);
        BtfSource source = BtfSource.open("module.ko", moduleWithSizes(), Optional.of(of("kernel", other)));

        assertThat(fields(source)).containsExactly("device 0 24", "queue 24 16", "sequence 40 4");
        assertThat(source.notes())
                .containsExactly("module.ko: the base kernel has none, or more than one, of struct dev of 24 bytes,"
                        + " struct list_head of 16 bytes, struct unused of 8 bytes; only their sizes are known, from"
                        + " .BTF.base");
    }

    private static void refused(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading).hasMessage("module: the base kernel does not fit: at " + why + WAY_OUT);
    }

    private static ByteBuffer bytes(BtfBuilder b) {
        return ByteBuffer.wrap(b.build());
    }

    private static BtfSource of(String name, BtfBuilder b) {
        return BtfSource.of(name, bytes(b), Optional.empty());
    }

    private static BtfSource on(BtfBuilder kernel, BtfBuilder module) {
        return BtfSource.of("module", bytes(module), Optional.of(of("kernel", kernel)));
    }

    private static ElfBuilder wide() {
        return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN);
    }

    private Path moduleWithSizes() throws IOException {
        return write(wide().section(".BTF", SplitBtf.moduleOnSizes().build())
                .section(".BTF.base", SplitBtf.sizes().build()));
    }

    private BtfSource open(String name, ElfBuilder elf, BtfBuilder btf, BtfBuilder sizes) throws IOException {
        elf.section(".BTF", btf.build());
        if (sizes != null) {
            elf.section(".BTF.base", sizes.build());
        }
        return BtfSource.open(name, write(elf), Optional.empty());
    }

    private Path write(ElfBuilder elf) throws IOException {
        return Files.write(Files.createTempFile(directory, "file", ".o"), elf.build());
    }

    private static StructLayout layout(BtfSource source) {
        return ((Lookup.Found) source.find("priv")).subjects().get(0).layout();
    }

    private static List<String> fields(BtfSource source) {
        return layout(source).fields().stream()
                .map(field -> field.path() + " " + field.byteOffset() + " " + field.byteSize())
                .toList();
    }
}
