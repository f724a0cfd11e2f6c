package dev.faultline.source.llvm;

import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.Subject;
import dev.faultline.source.dwarf.CompanionFiles;
import dev.faultline.source.dwarf.DwarfSource;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.llvm.code.Coverage;
import dev.faultline.source.llvm.code.ModuleCode;
import dev.faultline.source.llvm.code.ProgramCode;
import dev.faultline.source.llvm.code.StructCode;
import dev.faultline.source.llvm.debug.DebugObject;
import dev.faultline.source.llvm.debug.DebugUnit;
import dev.faultline.source.llvm.debug.DebugUnitWriter;
import dev.faultline.source.llvm.text.IrModule;
import dev.faultline.source.llvm.text.ModuleReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The structs of texts of LLVM IR, with what the functions in them do to each. Debug metadata becomes DWARF and is read
 * as that of a binary is, so both have the same layouts.
 */
public final class LlvmSource implements SelectiveSource {

    private static final int MOST_NAMED = 3;
    private static final int EM_X86_64 = 62;

    /** How a program is compiled so that the texts have what is read. */
    public static final String HOW_TO = "clang -O1 -g -emit-llvm -S, or rustc -g --emit=llvm-ir";

    private final String description;
    private final DwarfSource types;
    private final ProgramCode code;
    private final List<String> unread;

    /** One text, read: without the text itself. */
    private record Part(
            String source, int machine, ByteOrder order, DebugUnit unit, ModuleCode code, boolean hasTypes) {}

    private LlvmSource(String description, List<Part> parts, List<String> unread) {
        this.description = description;
        Part first = parts.get(0);
        List<DebugUnit> units = parts.stream()
                .filter(part -> part.order().equals(first.order()))
                .map(Part::unit)
                .toList();
        try (ElfFile file = DebugObject.of(description, first.machine(), first.order(), units)) {
            this.types = DwarfSource.of(file, CompanionFiles.NONE);
        }
        this.code = new ProgramCode(parts.stream().map(Part::code).toList());
        this.unread = new ArrayList<>(unread);
        this.unread.addAll(code.unread());
    }

    /**
     * Reads a text.
     *
     * @param description its name in messages
     * @param text the text, a character for each byte
     * @return the source
     * @throws InputException when it has no debug metadata
     */
    public static LlvmSource read(String description, String text) {
        return read(description, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static LlvmSource read(String description, byte[] text) {
        Part part = part(description, text);
        if (!part.hasTypes()) {
            throw withoutTypes(description);
        }
        return new LlvmSource(description, List.of(part), List.of());
    }

    /**
     * Reads a file of text or bitcode.
     *
     * @param description its name in messages
     * @param file its path
     * @return the source
     * @throws InputException when it cannot be read, or has no debug metadata
     */
    public static LlvmSource open(String description, Path file) {
        return read(description, LlvmFiles.text(description, file));
    }

    /**
     * Reads several files.
     *
     * @param name a list with colons, or a pattern
     * @return the source
     * @throws InputException when there is none, or none can be read
     */
    public static LlvmSource openAll(String name) {
        return of(LlvmFiles.shown(name), LlvmFiles.of(name));
    }

    /**
     * Reads all files of LLVM IR below a directory.
     *
     * @param name its name in messages
     * @param directory its path
     * @return the source
     * @throws InputException when none can be read
     */
    public static LlvmSource openDirectory(String name, Path directory) {
        return of(name, LlvmFiles.in(name, directory));
    }

    private static LlvmSource of(String description, List<Path> files) {
        Object[] read = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> partOf(files.get(i)))
                .toArray();
        List<Part> parts = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Object one : read) {
            if (one instanceof Part part && part.hasTypes()) {
                parts.add(part);
            } else {
                unread.add(
                        one instanceof Part part ? withoutTypes(part.source()).getMessage() : (String) one);
            }
        }
        if (parts.isEmpty()) {
            throw unread.isEmpty()
                    ? new InputException(description, "", "no files of LLVM IR (*.ll, *.bc)")
                    : new InputException(description, "", "none of its files can be used: " + unread.get(0));
        }
        return new LlvmSource(description, parts, unread);
    }

    private static Object partOf(Path file) {
        String source = file.toString();
        try {
            return part(source, LlvmFiles.text(source, file));
        } catch (InputException broken) {
            return broken.getMessage();
        }
    }

    private static Part part(String source, byte[] text) {
        try {
            IrModule module = ModuleReader.read(source, text);
            ByteOrder order = module.layout().isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            ModuleCode code = ModuleCode.of(module);
            return new Part(
                    source,
                    machine(module.triple()),
                    order,
                    DebugUnitWriter.write(module, order, code.arrays()),
                    code,
                    !module.units().isEmpty());
        } catch (OutOfMemoryError large) {
            throw new InputException(source, "", "does not fit into the memory of this VM; raise -Xmx");
        }
    }

    private static InputException withoutTypes(String source) {
        return new InputException(source, "", "has no debug metadata; compile with " + HOW_TO);
    }

    /** {@return the number that ELF has for the architecture of a triple} */
    private static int machine(String triple) {
        String machine = triple.contains("-") ? triple.substring(0, triple.indexOf('-')) : triple;
        return switch (machine) {
            case "i386", "i486", "i586", "i686" -> 3;
            case "m68k" -> 4;
            case "s390x" -> 22;
            case "aarch64", "arm64" -> 183;
            case "riscv32", "riscv64" -> 243;
            default -> EM_X86_64;
        };
    }

    @Override
    public String description() {
        return description;
    }

    /** {@return how many accesses could be attributed} */
    public Coverage coverage() {
        return code.coverage();
    }

    @Override
    public List<Entry> entries() {
        return types.entries();
    }

    @Override
    public Lookup find(String name) {
        Lookup lookup = types.find(name);
        return lookup instanceof Lookup.Found found
                ? new Lookup.Found(found.subjects().stream().map(this::withCode).toList())
                : lookup;
    }

    private Subject withCode(Subject subject) {
        return subject.withLayout(StructCode.named(code, subject.layout()))
                .withCode(StructCode.of(code, subject.layout()));
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        Inventory plain = types.inventory(wanted);
        return new Inventory(
                plain.noun(),
                plain.subjects().parallelStream().map(this::withCode).toList(),
                plain.leftOut(),
                plain.withoutInstances(),
                allUnread(plain));
    }

    @Override
    public Inventory missing(Predicate<Entry> wanted) {
        Inventory plain = types.missing(wanted);
        return new Inventory(plain.noun(), List.of(), plain.leftOut(), plain.withoutInstances(), allUnread(plain));
    }

    private List<String> allUnread(Inventory plain) {
        List<String> all = new ArrayList<>(plain.unread());
        unread.stream().map(VisibleText::of).forEach(all::add);
        return all;
    }

    /** {@return how much of the code was understood} */
    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(description + ": " + code.coverage().words());
        if (!unread.isEmpty()) {
            notes.add(description + ": " + unread.size() + (unread.size() == 1 ? " part" : " parts")
                    + " could not be read: "
                    + String.join("; ", unread.subList(0, Math.min(MOST_NAMED, unread.size())))
                    + (unread.size() > MOST_NAMED ? "; ..." : ""));
        }
        return notes;
    }
}
