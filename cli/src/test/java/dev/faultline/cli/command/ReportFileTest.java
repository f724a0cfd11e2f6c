package dev.faultline.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

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
    }

    @Test
    void a_dash_and_nothing_are_standard_output() throws IOException {
        for (Optional<Path> file : java.util.List.of(Optional.<Path>empty(), Optional.of(Path.of("-")))) {
            standard.reset();
            try (ReportFile report = ReportFile.open(file, standard)) {
                report.writer().write("ä");
                report.commit();
            }
            assertThat(standard.toByteArray()).containsExactly(0xc3, 0xa4);
        }
    }
}
