package dev.faultline.cli.command;

import dev.faultline.input.InputException;
import dev.faultline.report.VisibleWriter;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a report goes: standard output, a pipe or device, or a file that appears whole or not at all. A file is
 * opened before the work begins, as a {@link Draft} beside it, so a bad path fails at once; {@link #commit} gives
 * the draft its name. Links are followed as {@link OutputTarget} says.
 */
final class ReportFile implements AutoCloseable {

    private static final int BUFFER_CHARS = 1 << 16;

    private final VisibleWriter writer;
    private final Optional<Draft> draft;

    private ReportFile(OutputStream bytes, Optional<Draft> draft) {
        this.writer = new VisibleWriter(
                new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER_CHARS));
        this.draft = draft;
    }

    /**
     * Opens the place a report goes to.
     *
     * @param file a file; nothing, or {@code -}, for standard output
     * @param standard standard output, which is flushed and never closed
     * @return the open report
     * @throws InputException when the file cannot be written
     */
    static ReportFile open(Optional<Path> file, OutputStream standard) {
        if (file.isEmpty() || file.get().toString().equals("-")) {
            return new ReportFile(new Unclosed(standard), Optional.empty());
        }
        Path named = file.get();
        try {
            Optional<ProcessUser> user = ProcessUser.here();
            OutputTarget target = OutputTarget.of(named, user);
            return switch (target.kind()) {
                case STANDARD_OUTPUT -> new ReportFile(new Unclosed(standard), Optional.empty());
                case STREAM -> new ReportFile(stream(named, target.path()), Optional.empty());
                case FILE -> draft(named, target, user);
            };
        } catch (IOException refused) {
            throw new InputException(named.toString(), "", "cannot be written: " + Reasons.of(refused));
        }
    }

    private static ReportFile draft(Path named, OutputTarget target, Optional<ProcessUser> user) {
        try {
            Draft draft = Draft.of(target, user);
            return new ReportFile(draft.stream(), Optional.of(draft));
        } catch (IOException refused) {
            throw new InputException(
                    named.toString(),
                    "",
                    "cannot be written in the directory " + target.directory() + ": " + Reasons.of(refused));
        }
    }

    /**
     * Opens what is no file to replace. Nothing is made and nothing cut, and what has a length is no stream:
     * between the look at it and now a file may have come into its place, or a number is that of a file this VM has
     * open itself.
     */
    private static OutputStream stream(Path named, Path target) throws IOException {
        OpenOption[] options = Files.isSymbolicLink(target) // /proc/self/fd/3 and what leads there
                ? new OpenOption[] {StandardOpenOption.WRITE}
                : new OpenOption[] {StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS};
        FileChannel channel = FileChannel.open(target, options);
        if (channel.size() != 0) {
            channel.close();
            throw new InputException(
                    named.toString(),
                    "",
                    "is no pipe, terminal or other stream; name the file itself that it stands for");
        }
        return Channels.newOutputStream(channel);
    }

    /** {@return where to write the report; it becomes UTF-8, with what a terminal would act on escaped} */
    Writer writer() {
        return writer;
    }

    /**
     * Ends the report: what was written is there, under its name.
     *
     * @throws IOException when it cannot be written
     */
    void commit() throws IOException {
        writer.close();
        if (draft.isPresent()) {
            draft.get().publish();
        }
    }

    /** Leaves nothing behind when the report was not committed. */
    @Override
    public void close() {
        draft.ifPresent(Draft::close);
    }

    /** Standard output is not ours to close. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
