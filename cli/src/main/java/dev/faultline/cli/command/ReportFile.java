package dev.faultline.cli.command;

import dev.faultline.input.InputException;
import dev.faultline.report.VisibleWriter;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a report goes: standard output, or a file that appears whole or not at all. A file is opened before the work
 * begins, as a draft beside it, so a bad path fails at once; {@link #commit} gives the draft its name.
 */
final class ReportFile implements AutoCloseable {

    private static final int BUFFER_CHARS = 1 << 16;

    private final VisibleWriter writer;
    private final Optional<Path> draft;
    private final Path file;
    private boolean committed;

    private ReportFile(OutputStream bytes, Optional<Path> draft, Path file) {
        this.writer = new VisibleWriter(
                new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER_CHARS));
        this.draft = draft;
        this.file = file;
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
            return new ReportFile(new Unclosed(standard), Optional.empty(), Path.of("-"));
        }
        Path named = file.get();
        try {
            Path target = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
            if (Files.isDirectory(target)) {
                throw new InputException(named.toString(), "", "is a directory; -o wants a file");
            }
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw new InputException(named.toString(), "", "cannot be written: no permission");
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                return new ReportFile(Files.newOutputStream(target), Optional.empty(), target); // a device or pipe
            }
            Path draft = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid());
            OutputStream bytes = Files.newOutputStream(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            return new ReportFile(bytes, Optional.of(draft), target);
        } catch (IOException refused) {
            throw new InputException(named.toString(), "", "cannot be written: " + Reasons.of(refused));
        }
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
            Files.move(draft.get(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        committed = true;
    }

    /** Leaves nothing behind when the report was not committed. */
    @Override
    public void close() {
        if (committed || draft.isEmpty()) {
            return;
        }
        try {
            writer.close();
        } catch (IOException alreadySaid) {
            // the write that failed was reported
        }
        try {
            Files.deleteIfExists(draft.get());
        } catch (IOException leftBehind) {
            // a hidden draft remains; the file itself is untouched
        }
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
