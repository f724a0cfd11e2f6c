package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Opens sources by their content.
 *
 * @param kernelBtf directory of the running kernel's BTF, {@code /sys/kernel/btf}
 * @param base BTF file that split BTF refers to; when empty, the kernel's own for files in {@code kernelBtf}
 * @param mode the VM that lays out classes; the running one when empty
 */
public record SourceDetector(Path kernelBtf, Optional<Path> base, Optional<VmMode> mode) {

    /** The name of the running kernel as a source. */
    public static final String KERNEL = "kernel";

    /** The name of the running VM's classes as a source. */
    public static final String JVM = "jvm";

    /** The files and directories that are sources, as help and messages name them. */
    public static final String FILES =
            "a BTF file, a binary with BTF, a file of pahole's or JOL's text, each of these also compressed by gzip, xz"
                    + " or zstd, a jar, a directory of classes or of jars, a class file, a class path such as a.jar:b.jar";

    /** Most bytes of text or standard input: 64 MiB. */
    public static final int MOST_BYTES = 64 << 20;

    private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf");
    private static final String VMLINUX = "vmlinux";

    public SourceDetector {
        Objects.requireNonNull(kernelBtf);
        Objects.requireNonNull(base);
        Objects.requireNonNull(mode);
    }

    /** {@return a detector for this machine} */
    public static SourceDetector here(Optional<Path> base, Optional<VmMode> mode) {
        return new SourceDetector(KERNEL_BTF, base, mode);
    }

    /**
     * Opens a source.
     *
     * @param name {@code kernel}, {@code jvm}, the path of a file or directory, or a class path; {@code ./kernel} is a
     *     file
     * @return the source
     * @throws InputException when it is missing, unreadable, of no known kind, or broken
     */
    public LayoutSource open(String name) {
        if (name.equals(KERNEL)) {
            return kernel();
        }
        if (name.equals(JVM)) {
            return ClassSource.ofRunningVm(vm());
        }
        if (name.isEmpty()) { // Path.of("") is the current directory
            throw new InputException(name, "", "an empty name; the current directory is .");
        }
        SourceName source = new SourceName(name);
        if (source.isClassPath()) {
            return ClassSource.open(source.shown(), source.entries(), vm());
        }
        Path path = path(name);
        if (Files.isDirectory(path)) {
            LayoutSource classes = ClassSource.open(name, path, vm());
            if (classes.entries().isEmpty()) {
                DirectoryContent.refusal(name, path).ifPresent(refusal -> {
                    throw refusal;
                });
            }
            return classes;
        }
        if (!Files.exists(path)) {
            throw missing(name, path);
        }
        try {
            return openFile(name, path);
        } catch (AccessDeniedException refused) {
            throw new InputException(name, "", "cannot be read: no permission");
        } catch (IOException unreadable) {
            throw new InputException(name, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * Reads a source from a stream: text, BTF or a binary with BTF, compressed or not.
     *
     * @param name its name in messages
     * @param in read to its end, at most {@link #MOST_BYTES}
     * @return the source
     * @throws InputException when it is empty, too long, of another kind, or broken
     */
    public LayoutSource read(String name, InputStream in) {
        try {
            return reader(name, Optional.empty()).read(in);
        } catch (IOException unreadable) {
            throw new InputException(name, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    private LayoutSource kernel() {
        Path file = kernelBtf.resolve(VMLINUX);
        if (!Files.exists(file)) {
            throw new InputException(
                    KERNEL,
                    "",
                    file + " is not there: this kernel was built without CONFIG_DEBUG_INFO_BTF, or its sysfs is"
                            + " hidden; give a vmlinux or a BTF file with --from");
        }
        if (!Files.isReadable(file)) {
            throw new InputException(KERNEL, "", file + " cannot be read: no permission");
        }
        return BtfSource.open(KERNEL, file, Optional.empty());
    }

    private VmMode vm() {
        return mode.orElseGet(VmMode::running);
    }

    private LayoutSource openFile(String name, Path path) throws IOException {
        if (!Files.isRegularFile(path)) { // a pipe can be read only once: <(pahole -C foo a.o)
            try (InputStream in = Files.newInputStream(path)) {
                return read(name, in);
            }
        }
        return reader(name, Optional.of(path)).open(path, (source, file) -> ClassSource.open(source, file, vm()));
    }

    private ContentReader reader(String name, Optional<Path> file) {
        return new ContentReader(name, () -> baseFor(file));
    }

    /** {@return the BTF a file refers to; for a module of the running kernel, the kernel's} */
    private Optional<BtfSource> baseFor(Optional<Path> file) {
        if (base.isPresent()) {
            return Optional.of(givenBase(base.get()));
        }
        boolean module = file.isPresent()
                && file.get().toAbsolutePath().startsWith(kernelBtf.toAbsolutePath())
                && !file.get().endsWith(VMLINUX);
        return module
                ? Optional.of(BtfSource.open(KERNEL, kernelBtf.resolve(VMLINUX), Optional.empty()))
                : Optional.empty();
    }

    /** {@return the file of {@code --base}, compressed or not, or the running kernel's BTF for {@code kernel}} */
    private BtfSource givenBase(Path path) {
        String name = path.toString();
        if (!name.equals(KERNEL) && (!Files.isReadable(path) || Files.isDirectory(path))) {
            throw new InputException(name, "", "--base: no such file, or it cannot be read");
        }
        if (new SourceDetector(kernelBtf, Optional.empty(), mode).open(name) instanceof BtfSource source) {
            return source;
        }
        throw new InputException(name, "", "--base: expected BTF or a binary with BTF, found another kind of source");
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException unspeakable) {
            throw new InputException(name, "", "is not a valid file name: " + unspeakable.getReason());
        }
    }

    private static InputException missing(String name, Path path) {
        if (!Files.isSymbolicLink(path)) {
            return new InputException(
                    name, "", "no such file; a source is a file, a directory, a class path, kernel, jvm or -");
        }
        try {
            Path real = path.toRealPath();
            return new InputException(name, "", "leads to " + real + ", which cannot be read");
        } catch (NoSuchFileException dangling) {
            return new InputException(name, "", "is a symbolic link to a file that is not there");
        } catch (IOException circular) {
            return new InputException(name, "", "is a symbolic link that leads to itself");
        }
    }
}
