package dev.faultline.source.detect;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.data.ProgramSource;
import dev.faultline.source.debugfile.DebugFiles;
import dev.faultline.source.debugfile.DebugRoots;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.MemberName;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.jvm.child.CodeRun;
import dev.faultline.source.llvm.LlvmFiles;
import dev.faultline.source.llvm.LlvmSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Opens sources by their content.
 *
 * @param kernelBtf directory of the running kernel's BTF, {@code /sys/kernel/btf}
 * @param kernelFiles where the running kernel's vmlinux may be, with BTF or DWARF; looked for in this order when there
 *     is no BTF in {@code kernelBtf}
 * @param base BTF file that split BTF refers to; when empty, the kernel's own for files in {@code kernelBtf}
 * @param mode the VM that lays out classes; the running one when empty
 * @param debugRoots the directories with debug information of stripped binaries
 * @param codeRun how static initialisers of Java programs are run; empty when they may not be run
 */
public record SourceDetector(
        Path kernelBtf,
        List<Path> kernelFiles,
        Optional<Path> base,
        Optional<VmMode> mode,
        @Internal DebugRoots debugRoots,
        @Internal Optional<CodeRun> codeRun) {

    /** The name of the running kernel as a source. */
    public static final String KERNEL = "kernel";

    /** The name of the running VM's classes as a source. */
    public static final String JVM = "jvm";

    /** The files and directories that are sources, as help and messages name them. */
    public static final String FILES =
            "a BTF file, a binary with BTF or DWARF, a file of pahole's or JOL's text, each of these also compressed by gzip, xz"
                    + " or zstd, an SBE schema (XML), LLVM IR (a .ll file, or several as 'build/*.ll'), a directory of these,"
                    + " of classes or of jars, a jar, a class file, a class path such as a.jar:b.jar";

    /** Most bytes of text or standard input: 64 MiB. */
    public static final int MOST_BYTES = 64 << 20;

    private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf");

    /** What {@code uname -r} prints. */
    private static final Path KERNEL_RELEASE = Path.of("/proc/sys/kernel/osrelease");

    private static final String VMLINUX = "vmlinux";

    /** Where distributions put a kernel with debug information, and where it is built. */
    private static final List<String> VMLINUX_FILES = List.of(
            "/usr/lib/debug/boot/vmlinux-%s",
            "/usr/lib/debug/lib/modules/%s/vmlinux",
            "/boot/vmlinux-%s",
            "/lib/modules/%s/vmlinux",
            "/lib/modules/%s/build/vmlinux");

    public SourceDetector {
        kernelFiles = List.copyOf(kernelFiles);
        Objects.requireNonNull(kernelBtf);
        Objects.requireNonNull(base);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(debugRoots);
        Objects.requireNonNull(codeRun);
    }

    /**
     * A detector that runs no code.
     *
     * @param kernelBtf directory of the running kernel's BTF, {@code /sys/kernel/btf}
     * @param kernelFiles where the running kernel's vmlinux may be
     * @param base BTF file that split BTF refers to; when empty, the kernel's own for files in {@code kernelBtf}
     * @param mode the VM that lays out classes; the running one when empty
     * @param debugRoots the directories with debug information of stripped binaries
     */
    @Internal
    public SourceDetector(
            Path kernelBtf, List<Path> kernelFiles, Optional<Path> base, Optional<VmMode> mode, DebugRoots debugRoots) {
        this(kernelBtf, kernelFiles, base, mode, debugRoots, Optional.empty());
    }

    /** {@return the same detector that may run static initialisers of Java programs, with the rights of the user} */
    @Internal
    public SourceDetector running(CodeRun how) {
        return new SourceDetector(kernelBtf, kernelFiles, base, mode, debugRoots, Optional.of(how));
    }

    /**
     * A detector that looks for no other kernel than the BTF of the running one.
     *
     * @param kernelBtf directory of the running kernel's BTF, {@code /sys/kernel/btf}
     * @param base BTF file that split BTF refers to; when empty, the kernel's own for files in {@code kernelBtf}
     * @param mode the VM that lays out classes; the running one when empty
     */
    public SourceDetector(Path kernelBtf, Optional<Path> base, Optional<VmMode> mode) {
        this(kernelBtf, List.of(), base, mode, DebugRoots.NONE);
    }

    /** {@return a detector for this machine} */
    public static SourceDetector here(Optional<Path> base, Optional<VmMode> mode) {
        return new SourceDetector(KERNEL_BTF, filesOfRunningKernel(), base, mode, DebugRoots.of(System.getenv()));
    }

    private static List<Path> filesOfRunningKernel() {
        try {
            Optional<String> release = releaseOfRunningKernel();
            List<Path> files = new ArrayList<>();
            if (release.isPresent()) {
                for (String file : VMLINUX_FILES) {
                    files.add(Path.of(file.replace("%s", release.get())));
                }
            }
            return files;
        } catch (InvalidPathException otherSystem) {
            return List.of();
        }
    }

    /** {@return such as {@code 6.12.1-amd64}; nothing on another system} */
    private static Optional<String> releaseOfRunningKernel() {
        try {
            return Optional.of(Files.readString(KERNEL_RELEASE).strip());
        } catch (IOException otherSystem) {
            return Optional.empty();
        }
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
        if (LlvmFiles.isSeveral(name)) {
            return LlvmSource.openAll(name);
        }
        if (source.isClassPath()) {
            return ClassSource.open(source.shown(), source.entries(), vm(), codeRun);
        }
        Path path = path(name);
        if (Files.isDirectory(path)) {
            LayoutSource classes = ClassSource.open(name, List.of(path.toString()), vm(), codeRun);
            if (classes.entries().isEmpty()) {
                if (LlvmFiles.areIn(path)) {
                    return LlvmSource.openDirectory(name, path);
                }
                DirectoryContent.refusal(name, path).ifPresent(refusal -> {
                    throw refusal;
                });
            }
            return classes;
        }
        if (!Files.exists(path)) {
            return member(name).orElseThrow(() -> missing(name, path));
        }
        return opened(name, path, Optional.empty());
    }

    private LayoutSource opened(String name, Path path, Optional<BinaryReader.Wanted> wanted) {
        try {
            return openFile(name, path, wanted);
        } catch (AccessDeniedException refused) {
            throw new InputException(name, "", "cannot be read: no permission");
        } catch (IOException unreadable) {
            throw new InputException(name, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * Opens a source in which one struct is looked for first. That is found sooner in a binary with DWARF, and what is
     * asked for besides takes longer; the source finds the same as one opened otherwise.
     *
     * @param name what {@link #open(String)} takes
     * @param struct the name of the struct, as {@link LayoutSource#find} takes it
     * @return the source
     * @throws InputException when it is missing, unreadable, of no known kind, or broken
     */
    @Internal
    public LayoutSource openFor(String name, String struct) {
        Path path = name.isEmpty() || name.equals(KERNEL) || name.equals(JVM) ? Path.of("") : path(name);
        if (!Files.isRegularFile(path) || new SourceName(name).isClassPath()) {
            return open(name);
        }
        BinaryReader.Wanted wanted = new BinaryReader.Wanted(struct, () -> open(name));
        return opened(name, path, Optional.of(wanted));
    }

    /** {@return the members of an archive that a name such as {@code lib.a(foo.o)} means; empty for other names} */
    private Optional<LayoutSource> member(String name) {
        return MemberName.parse(name)
                .filter(meant -> Files.isRegularFile(path(meant.archive())))
                .map(meant -> {
                    Path path = path(meant.archive());
                    try (ArchiveFile archive = ArchiveFile.open(meant.archive(), path)) {
                        return binaries(Optional.empty(), Optional.empty())
                                .read(archive.only(meant.member()), Optional.of(path));
                    }
                });
    }

    /**
     * Reads a source from a stream: text, BTF or a binary with BTF or DWARF, compressed or not.
     *
     * @param name its name in messages
     * @param in read to its end, at most {@link #MOST_BYTES}
     * @return the source
     * @throws InputException when it is empty, too long, of another kind, or broken
     */
    public LayoutSource read(String name, InputStream in) {
        try {
            return reader(name, Optional.empty(), Optional.empty()).read(in);
        } catch (IOException unreadable) {
            throw new InputException(name, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    private LayoutSource kernel() {
        Path file = kernelBtf.resolve(VMLINUX);
        if (!Files.exists(file)) {
            return kernelFile().orElseThrow(() -> noKernel(file));
        }
        if (!Files.isReadable(file)) {
            throw new InputException(KERNEL, "", file + " cannot be read: no permission");
        }
        if (!kernelBtf.equals(KERNEL_BTF)) {
            return BtfSource.open(KERNEL, file, Optional.empty());
        }
        BtfSource source = BtfSource.ofKernel(KERNEL, file, pointerBytesOfRunningKernel());
        return releaseOfRunningKernel().map(source::ofBuild).orElse(source);
    }

    /** {@return 8 in a VM of 64 bits, since only a kernel of 64 bits runs that; else empty} */
    private static OptionalInt pointerBytesOfRunningKernel() {
        return "64".equals(System.getProperty("sun.arch.data.model"))
                ? OptionalInt.of(Long.BYTES)
                : OptionalInt.empty();
    }

    /** {@return the first vmlinux that is there, under its own name, which tells what was read} */
    private Optional<LayoutSource> kernelFile() {
        for (Path vmlinux : kernelFiles) {
            if (Files.isRegularFile(vmlinux) && Files.isReadable(vmlinux)) {
                return Optional.of(open(vmlinux.toString()));
            }
        }
        return Optional.empty();
    }

    private InputException noKernel(Path btf) {
        String looked = kernelFiles.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new InputException(
                KERNEL,
                "",
                btf + " is not there: this kernel was built without CONFIG_DEBUG_INFO_BTF, or its sysfs is hidden"
                        + (looked.isEmpty() ? "" : "; nor can a vmlinux be read at any of: " + looked)
                        + "; give a vmlinux or a BTF file with --from");
    }

    private VmMode vm() {
        return mode.orElseGet(VmMode::running);
    }

    private LayoutSource openFile(String name, Path path, Optional<BinaryReader.Wanted> wanted) throws IOException {
        if (!Files.isRegularFile(path)) { // a pipe can be read only once: <(pahole -C foo a.o)
            try (InputStream in = Files.newInputStream(path)) {
                return read(name, in);
            }
        }
        return reader(name, Optional.of(path), wanted)
                .open(path, (source, file) -> ClassSource.open(source, List.of(file.toString()), vm(), codeRun));
    }

    private ContentReader reader(String name, Optional<Path> file, Optional<BinaryReader.Wanted> wanted) {
        return new ContentReader(name, () -> baseFor(file), binaries(file, wanted));
    }

    private BinaryReader binaries(Optional<Path> file, Optional<BinaryReader.Wanted> wanted) {
        return new BinaryReader(new DebugFiles(debugRoots), base, () -> baseFor(file), wanted);
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
        LayoutSource opened = new SourceDetector(kernelBtf, kernelFiles, Optional.empty(), mode, debugRoots).open(name);
        LayoutSource types = opened instanceof ProgramSource program ? program.types() : opened;
        if (types instanceof BtfSource source) {
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
            String near = NearFile.hint(name);
            return new InputException(
                    name,
                    "",
                    near.isEmpty()
                            ? "no such file; a source is a file, a directory, a class path, kernel, jvm or -"
                            : "no such file" + near);
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
