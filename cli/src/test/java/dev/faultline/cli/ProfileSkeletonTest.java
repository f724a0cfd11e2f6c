package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.input.YamlText;
import dev.faultline.layout.Slot;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.btf.BtfBuilder;
import dev.faultline.source.detect.SourceDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code faultline profile} prints every field of a struct, whatever its source, and what it prints is read back. */
class ProfileSkeletonTest {

    private static final String RESOURCES = "layout-core/src/test/resources/";
    private static final int MOST_STRUCTS = 40;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/examples/ring.txt",
                RESOURCES + "dwarf/gcc-5.o",
                RESOURCES + "dwarf/gxx-5.o",
                RESOURCES + "dwarf/clangxx-5.o",
                RESOURCES + "dev/faultline/source/dwarf/rust/shapes-5.o",
                RESOURCES + "llvm/small.ll",
                "all.btf",
                "jvm"
            })
    void every_field_is_printed_and_read_back(String name) throws IOException {
        String from = name;
        if (name.equals("all.btf")) {
            from = Files.write(directory.resolve(name), BtfBuilder.everyKind()).toString();
        }
        LayoutSource source =
                SourceDetector.here(Optional.empty(), Optional.empty()).open(from);
        boolean isVm = name.equals("jvm");
        List<Subject> subjects = source.inventory(entry -> !isVm || entry.name().startsWith("java.util.concurrent.A"))
                .subjects();
        check(from, subjects.stream().limit(MOST_STRUCTS).toList());
    }

    @Test
    void so_is_that_of_every_struct_of_the_catalogue() throws IOException {
        for (Subject subject : new KernelCatalog().inventory().subjects()) {
            Cli.Run run = Cli.run("profile", subject.reference());
            assertThat(run.status()).as(run.err()).isZero();
            checkText(run.out(), subject);
        }
    }

    private void check(String from, List<Subject> subjects) throws IOException {
        assertThat(subjects).isNotEmpty();
        List<String> words = new ArrayList<>(List.of("profile", "--from", from));
        subjects.stream().map(Subject::reference).distinct().forEach(words::add);
        Cli.Run run = Cli.run(words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        for (Subject subject : subjects) {
            checkText(run.out(), subject);
        }
    }

    private static void checkText(String yaml, Subject subject) {
        Profile profile = ProfileReader.read("p.yaml", yaml);
        StructProfile use = profile.forStruct(subject.layout().name(), subject.version())
                .or(() -> profile.structs().stream()
                        .filter(one -> one.struct().equals(subject.reference()))
                        .findFirst())
                .orElseThrow(() -> new AssertionError(subject.reference() + " is not in\n" + yaml));
        Resolution.resolve(subject.layout(), use);
        for (Slot.Field field : subject.layout().fields()) {
            boolean isListed = !field.path().startsWith("(") && !field.isPadding();
            if (isListed && subject.layout().resolve(field.path()).isPresent()) {
                assertThat(yaml.contains("field: " + YamlText.word(field.path()))
                                || yaml.contains("field: \"" + field.path()))
                        .as("%s.%s in%n%s", subject.layout().name(), field.path(), yaml)
                        .isTrue();
            }
        }
    }
}
