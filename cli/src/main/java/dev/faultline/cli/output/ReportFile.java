package dev.faultline.cli.output;

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
 * Where a report goes: standard output, a pipe or device, or a file that appears complete or not at all. A file is
 * opened before the work begins, as an {@link AtomicFile}, so a bad path fails at once; {@link #commit} gives the
 * file its name. Links are followed as {@link OutputTarget} says.
 */
public final class ReportFile implements AutoCloseable {

    private static final int BUFFER_CHARS = 1 << 16;

    private final VisibleWriter writer;
    private final Optional<AtomicFile> draft;

    private ReportFile(OutputStream bytes, Optional<AtomicFile> draft) {
        this.writer = new VisibleWriter(
                new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER_CHARS));
        this.draft = draft;
    }

    /**
     * Opens the place a report goes to.
     *
     * @param file a file; empty, or {@code -}, for standard output
     * @param standard standard output, which is flushed and never closed
     * @throws InputException when the file cannot be written
     */
    public static ReportFile open(Optional<Path> file, OutputStream standard) {
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

    /** {@return the path that a name leads to; one that leads nowhere is an error when it is opened} */
    public static Path destination(Path named) {
        try {
            return OutputTarget.of(named, ProcessUser.here())
                    .path()
                    .toAbsolutePath()
                    .normalize();
        } catch (IOException | InputException unwritable) {
            return named.toAbsolutePath().normalize();
        }
    }

    private static ReportFile draft(Path named, OutputTarget target, Optional<ProcessUser> user) {
        try {
            AtomicFile draft = AtomicFile.of(target, user);
            return new ReportFile(draft.stream(), Optional.of(draft));
        } catch (IOException refused) {
            throw new InputException(
                    named.toString(),
                    "",
                    "cannot be written in the directory " + target.directory() + ": " + Reasons.of(refused));
        }
    }

    /**
     * Opens a stream. Nothing is created or truncated, and something with a length is refused as no stream: since it
     * was looked at, a file may have taken its place, or the number is that of a file this VM itself has open.
     */
    private static OutputStream stream(Path named, Path target) throws IOException {
        OpenOption[] options = Files.isSymbolicLink(target) // /proc/self/fd/3 and links to it
                ? new OpenOption[] {StandardOpenOption.WRITE}
                : new OpenOption[] {StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS};
        FileChannel channel = FileChannel.open(target, options);
        if (channel.size() != 0) {
            channel.close();
            throw new InputException(
                    named.toString(), "", "is no pipe, terminal or other stream; name the file itself");
        }
        return Channels.newOutputStream(channel);
    }

    /** {@return where to write the report; written as UTF-8, with characters that control a terminal escaped} */
    public Writer writer() {
        return writer;
    }

    /**
     * Completes the report: it is written and has its name.
     *
     * @throws IOException when it cannot be written
     */
    public void commit() throws IOException {
        writer.close();
        if (draft.isPresent()) {
            draft.get().publish();
        }
    }

    /** Removes a file that was not committed. */
    @Override
    public void close() {
        draft.ifPresent(AtomicFile::close);
    }

    /** Standard output is flushed and not closed. */
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
