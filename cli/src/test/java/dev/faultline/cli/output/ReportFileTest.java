package dev.faultline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFileTest {

    private static final int LONGEST_NAME = 255;
    private static final int OTHER_USER = 65534;
    private static final int STRANGER = 54321;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream standard = new ByteArrayOutputStream();

    @Test
    void a_committed_report_is_there_whole_and_alone() throws IOException {
        Path file = directory.resolve("report.txt");
        try (ReportFile report = ReportFile.open(Optional.of(file), standard)) {
            report.writer().write("whole");
            report.commit();
        }
        assertThat(file).hasContent("whole");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(standard.size()).isZero();
    }

    @Test
    void a_report_that_is_not_committed_leaves_the_old_file_as_it_was() throws IOException {
        Path file = directory.resolve("report.txt");
        Files.writeString(file, "old");
        try (ReportFile report = ReportFile.open(Optional.of(file), standard)) {
            report.writer().write("half");
        }
        assertThat(file).hasContent("old");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_link_stays_a_link_and_its_target_is_written() throws IOException {
        Path target = Files.writeString(directory.resolve("target.txt"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.txt"), target);
        try (ReportFile report = ReportFile.open(Optional.of(link), standard)) {
            report.writer().write("new");
            report.commit();
        }
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
    }

    @Test
    void a_place_that_cannot_be_written_is_refused_when_it_is_opened() {
        assertThatThrownBy(() -> ReportFile.open(Optional.of(directory), standard))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> ReportFile.open(Optional.of(directory.resolve("no/such/x")), standard))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file or directory");
        Path unreal = directory.resolve("x".repeat(LONGEST_NAME + 1));
        assertThatThrownBy(() -> ReportFile.open(Optional.of(unreal), standard))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be written");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_name_may_be_as_long_as_names_are() throws IOException {
        Path file = directory.resolve("x".repeat(LONGEST_NAME));
        write(file, "one");
        write(file, "two");
        assertThat(file).hasContent("two");
        assertAlone(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-x--x"})
    void a_file_that_is_replaced_keeps_its_mode(String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo(mode);
        assertAlone(file);
    }

    @Test
    void a_mode_that_is_changed_while_the_report_is_made_is_kept_too() throws IOException {
        Path file = directory.resolve("report.txt");
        try (ReportFile report = ReportFile.open(Optional.of(file), standard)) {
            Files.writeString(file, "meanwhile");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            report.commit();
        }
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void a_new_file_has_the_mode_of_any_new_file() throws IOException {
        Path any = Files.createFile(directory.resolve("any.txt"));
        Path file = directory.resolve("report.txt");
        write(file, "new");
        assertThat(mode(file)).isEqualTo(mode(any));
    }

    @Test
    void a_replaced_file_keeps_its_owner_and_group_where_this_user_may_give_them() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "old");
        if (isRoot()) {
            Files.setAttribute(file, "unix:gid", OTHER_USER);
            Files.setAttribute(file, "unix:uid", OTHER_USER);
        }
        var before = Files.readAttributes(file, "unix:uid,gid,mode");
        write(file, "new");
        assertThat(Files.readAttributes(file, "unix:uid,gid,mode")).isEqualTo(before);
        assertThat(before.get("uid")).isEqualTo(isRoot() ? OTHER_USER : me());
    }

    @Test
    void a_mode_for_another_group_leaves_what_both_had() {
        Map.of("rw-rw----", "rw-------", "rw-r--r--", "rw-r--r--", "rw-rw-r--", "rw-r--r--", "rw----r--", "rw-------")
                .forEach((kept, left) -> assertThat(PosixFilePermissions.toString(
                                AtomicFile.forAnyGroup(PosixFilePermissions.fromString(kept))))
                        .isEqualTo(left));
    }

    @Test
    void no_other_user_may_enter_the_directory_of_the_draft_or_read_it() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "old");
        try (ReportFile report = ReportFile.open(Optional.of(file), standard)) {
            report.writer().write("secret");
            Path room = room();
            assertThat(room.getFileName().toString()).matches("\\.faultline-[0-9a-f]{16}");
            assertThat(mode(room)).isEqualTo("rwx------");
            try (var drafts = Files.list(room)) {
                assertThat(drafts)
                        .hasSize(1)
                        .allSatisfy(draft -> assertThat(mode(draft)).isEqualTo("rw-------"));
            }
        }
        assertAlone(file);
    }

    @Test
    void a_link_at_a_name_that_drafts_once_had_is_not_touched() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim.txt"), "precious");
        Path file = directory.resolve("report.txt");
        Path planted = Files.createSymbolicLink(
                directory.resolve(".report.txt." + ProcessHandle.current().pid()), victim);
        write(file, "new");
        assertThat(victim).hasContent("precious");
        assertThat(planted).isSymbolicLink();
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    /** Who writes in the directory can put another in the place of ours; they gain nothing beyond that directory. */
    @Test
    void a_draft_whose_directory_is_swapped_for_a_link_touches_nothing_where_it_leads() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path aside = directory.resolve("aside");
        Path victim;
        try (ReportFile report = ReportFile.open(Optional.of(file), standard)) {
            report.writer().write("new");
            Path room = room();
            Path draft;
            try (var drafts = Files.list(room)) {
                draft = drafts.findFirst().orElseThrow();
            }
            victim = Files.writeString(elsewhere.resolve("victim"), "precious");
            Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
            Files.createSymbolicLink(elsewhere.resolve(draft.getFileName()), victim);
            Files.move(room, aside);
            Files.createSymbolicLink(room, elsewhere);
            try {
                report.commit(); // which may give the planted link the name: it is their directory
            } catch (IOException noticed) {
                assertThat(noticed).hasMessageNotContaining("interrupted");
            }
        }
        assertThat(victim).hasContent("precious");
        assertThat(mode(victim)).isEqualTo("rw-------");
    }

    @Test
    void links_are_followed_to_their_end_whether_or_not_there_is_a_file() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path second = Files.createSymbolicLink(inner.resolve("second"), Path.of("../target.txt"));
        Path first = Files.createSymbolicLink(directory.resolve("first"), Path.of("inner/second"));
        for (String text : new String[] {"dangling", "live"}) {
            write(first, text);
            assertThat(directory.resolve("target.txt")).hasContent(text);
            assertThat(first).isSymbolicLink();
            assertThat(second).isSymbolicLink();
        }
    }

    @Test
    void links_that_lead_nowhere_are_refused() throws IOException {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("back"));
        Files.createSymbolicLink(directory.resolve("back"), Path.of("loop"));
        assertThatThrownBy(() -> ReportFile.open(Optional.of(loop), standard))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a loop of links");
        Path lost = Files.createSymbolicLink(directory.resolve("lost"), Path.of("no/such/file"));
        assertThatThrownBy(() -> ReportFile.open(Optional.of(lost), standard))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file or directory");
    }

    @Test
    void a_link_of_another_user_is_followed_only_to_a_file_of_theirs() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/etc/passwd"));
        Path own = Files.createSymbolicLink(directory.resolve("own"), Path.of("target.txt"));
        Path target = Files.writeString(directory.resolve("target.txt"), "old");
        if (isRoot()) {
            for (Path theirs : List.of(link, own, target)) {
                Files.setAttribute(theirs, "unix:uid", OTHER_USER, LinkOption.NOFOLLOW_LINKS);
            }
        }
        Optional<ProcessUser> another = Optional.of(new ProcessUser(Files.getOwner(directory), STRANGER));
        assertThatThrownBy(() -> OutputTarget.of(link, another))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a link made by ");
        assertThat(OutputTarget.of(own, another).path()).isEqualTo(target);
        Files.delete(link);
    }

    @Test
    void a_link_of_another_user_is_not_followed_through_a_second_one() throws IOException {
        assumeTrue(isRoot());
        Optional<ProcessUser> root = Optional.of(new ProcessUser(Files.getOwner(directory), 0));
        Path ours = Files.createDirectory(directory.resolve("ours"));
        Path theirs = Files.createDirectory(directory.resolve("theirs"));
        Path deep = Files.createDirectory(ours.resolve("deep")); // theirs, in ours
        Path file = Files.writeString(theirs.resolve("file"), "old");
        List<Path> links = List.of(
                Files.createSymbolicLink(theirs.resolve("sub"), Path.of("../ours")),
                Files.createSymbolicLink(theirs.resolve("new"), Path.of("sub/new.html")),
                Files.createSymbolicLink(theirs.resolve("below"), Path.of("../ours/deep")),
                Files.createSymbolicLink(theirs.resolve("above"), Path.of("below/../new.html")),
                Files.createSymbolicLink(theirs.resolve("self"), Path.of(".")),
                Files.createSymbolicLink(theirs.resolve("good"), Path.of("self/self/file")));
        List<Path> all = new ArrayList<>(links);
        all.addAll(List.of(theirs, deep, file));
        for (Path one : all) {
            Files.setAttribute(one, "unix:uid", OTHER_USER, LinkOption.NOFOLLOW_LINKS);
        }
        for (String name : List.of("sub/new.html", "new", "above", "below/../new.html", "self/new", "self/sub/x")) {
            assertThatThrownBy(() -> OutputTarget.of(theirs.resolve(name), root))
                    .as(name)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is a link made by ")
                    .hasMessageContaining("belongs to another user");
        }
        for (String name : List.of("good", "self/file", "below/new.html", "self/below/new.html")) {
            assertThat(OutputTarget.of(theirs.resolve(name), root).kind())
                    .as(name)
                    .isEqualTo(OutputTarget.Kind.FILE);
        }
        assertThat(OutputTarget.of(theirs.resolve("good"), root).path().toRealPath())
                .isEqualTo(file.toRealPath());
    }

    @Test
    void a_pipe_of_another_user_is_not_written() throws Exception {
        assumeTrue(isRoot());
        Optional<ProcessUser> root = Optional.of(new ProcessUser(Files.getOwner(directory), 0));
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(OutputTarget.of(pipe, root).kind()).isEqualTo(OutputTarget.Kind.STREAM);
        Files.setAttribute(pipe, "unix:uid", OTHER_USER);
        assertThatThrownBy(() -> OutputTarget.of(pipe, root))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a pipe or device of ");
        assertThat(OutputTarget.of(Path.of("/dev/null"), root).kind()).isEqualTo(OutputTarget.Kind.STREAM);
    }

    @Test
    void a_file_that_the_sticky_bit_keeps_is_refused_before_the_work() throws IOException {
        Path file = Files.writeString(directory.resolve("report.txt"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Optional<ProcessUser> another = Optional.of(new ProcessUser(Files.getOwner(directory), STRANGER));
        assertThat(OutputTarget.of(file, another).kind()).isEqualTo(OutputTarget.Kind.FILE);
        Files.setAttribute(directory, "unix:mode", 01777);
        assertThatThrownBy(() -> OutputTarget.of(file, another))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sticky bit");
    }

    @Test
    void writers_of_one_file_do_not_mix() throws Exception {
        Path file = directory.resolve("report.txt");
        List<Thread> threads = new ArrayList<>();
        AtomicInteger written = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            String text = Integer.toString(i).repeat(100_000);
            threads.add(new Thread(() -> {
                try {
                    write(file, text);
                    written.incrementAndGet();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(written).hasValue(8);
        assertThat(Files.readString(file)).matches("(\\d)\\1{99999}");
        assertAlone(file);
    }

    @Test
    void a_device_is_written_and_stays() throws IOException {
        Path device = Path.of("/dev/null");
        write(device, "gone");
        assertThat(Files.readAttributes(device, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/../dev/stdout"})
    void names_of_standard_output_are_standard_output(String name) throws IOException {
        write(Path.of(name), "here");
        assertThat(standard).hasToString("here");
        standard.reset();
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(name));
        write(link, "here too");
        Files.delete(link);
        assertThat(standard).hasToString("here too");
    }

    @Test
    void a_file_that_is_open_under_a_number_is_not_written_over() throws IOException {
        Path file = Files.writeString(directory.resolve("open.txt"), "precious");
        try (var channel = FileChannel.open(file)) {
            assertThat(channel.isOpen()).isTrue();
            Path numbers = Path.of("/proc/self/fd");
            if (!Files.isDirectory(numbers)) {
                assertThat(OutputTarget.of(Path.of("/dev/fd/7"), Optional.empty())
                                .kind())
                        .isEqualTo(OutputTarget.Kind.STREAM);
                return;
            }
            Path number = null;
            try (var open = Files.newDirectoryStream(numbers)) {
                for (Path one : open) {
                    if (Files.exists(one) && Files.isSameFile(one, file)) {
                        number = one;
                    }
                }
            }
            Optional<Path> found = Optional.of(number);
            assertThatThrownBy(() -> ReportFile.open(found, standard))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("name the file itself");
        }
        assertThat(file).hasContent("precious");
        assertAlone(file);
    }

    private void write(Path file, String text) throws IOException {
        try (ReportFile report = ReportFile.open(Optional.of(file), standard)) {
            report.writer().write(text);
            report.commit();
        }
    }

    private void assertAlone(Path file) throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    private Path room() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(one -> one.getFileName().toString().startsWith(".faultline-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private int me() throws IOException {
        return (Integer) Files.getAttribute(directory, "unix:uid");
    }

    private boolean isRoot() throws IOException {
        return me() == 0;
    }

    @Test
    void a_dash_and_nothing_are_standard_output() throws IOException {
        for (Optional<Path> file : List.of(Optional.<Path>empty(), Optional.of(Path.of("-")))) {
            standard.reset();
            try (ReportFile report = ReportFile.open(file, standard)) {
                report.writer().write("ä");
                report.commit();
            }
            assertThat(standard.toByteArray()).containsExactly(0xc3, 0xa4);
        }
    }
}
