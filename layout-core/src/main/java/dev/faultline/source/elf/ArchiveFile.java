package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An archive that {@code ar} made: a static library. Its members are in it, or, where it is thin, files beside it. A
 * member is called by the names of both, {@code lib.a(foo.o)}, as linkers and debuggers do.
 */
public final class ArchiveFile implements Closeable {

    /** The bytes that an archive starts with. */
    public static final String MAGIC = "!<arch>\n";

    /** The bytes that a thin archive starts with. */
    public static final String THIN_MAGIC = "!<thin>\n";

    private static final int HEADER_BYTES = 60;
    private static final int NAME_BYTES = 16;
    private static final int SIZE_OFFSET = 48;
    private static final int SIZE_DIGITS = 10;
    private static final String LONG_NAMES = "//";
    private static final String BSD_LONG_NAME = "#1/";
    private static final int LONGEST_NAME_BYTES = 4096;
    private static final String BSD_INDEX = "__.SYMDEF";
    private static final String DEBIAN = "debian-binary";
    private static final int LONGEST_NAMES_BYTES = 16 << 20;
    private static final int MOST_MEMBERS = 1 << 20;

    /** Most characters of all names together: members may have one long name in common. */
    private static final long MOST_NAME_CHARACTERS = 64 << 20;

    private final FileBytes file;
    private final Optional<Path> directory;
    private final boolean isThin;
    private final List<Member> members;
    private final String source;
    private String longNames = "";
    private long nameCharacters;

    /**
     * A member of an archive.
     *
     * @param name its name; of a thin archive, its path, which may be relative to the archive
     * @param byteOffset offset of its content in the archive; not of a thin archive
     * @param byteSize size of its content, as the archive states it
     * @param headerOffset offset of what the archive says of it
     * @param nestedOffset {@code headerOffset} in the archive of that name, when a thin archive names a member of
     *     another; else 0
     */
    public record Member(String name, long byteOffset, long byteSize, long headerOffset, long nestedOffset) {}

    private ArchiveFile(FileBytes file, Optional<Path> directory) {
        this.file = file;
        this.directory = directory;
        this.source = file.source();
        this.members = new ArrayList<>();
        String magic = text(file.read(0, MAGIC.length(), "the magic"));
        if (!magic.equals(MAGIC) && !magic.equals(THIN_MAGIC)) {
            throw new InputException(source, "", "is no static library");
        }
        this.isThin = magic.equals(THIN_MAGIC);
        long offset = MAGIC.length();
        while (offset < file.byteSize()) {
            offset = member(offset);
        }
    }

    private ArchiveFile(ArchiveFile whole, String source, List<Member> members) {
        this.file = whole.file;
        this.directory = whole.directory;
        this.isThin = whole.isThin;
        this.source = source;
        this.members = members;
    }

    /**
     * {@return whether these bytes start an archive}
     *
     * @param head the first bytes of a file
     */
    public static boolean isArchive(byte[] head) {
        return startsWith(head, MAGIC) || startsWith(head, THIN_MAGIC);
    }

    private static boolean startsWith(byte[] head, String magic) {
        return head.length >= magic.length()
                && new String(head, 0, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }

    /**
     * Opens an archive on the disk, to be closed by the caller.
     *
     * @param source its name in messages
     * @param path its path
     * @return the archive
     * @throws InputException when it cannot be read, or is broken
     */
    public static ArchiveFile open(String source, Path path) {
        FileBytes bytes = FileBytes.open(source, path);
        try {
            return new ArchiveFile(bytes, Optional.of(path.toAbsolutePath().getParent()));
        } catch (InputException broken) {
            bytes.close();
            throw broken;
        }
    }

    /**
     * Reads an archive in memory; of a thin one, the members cannot be opened. Closing it closes the bytes.
     *
     * @param bytes its bytes
     * @return the archive
     * @throws InputException when it is broken
     */
    public static ArchiveFile of(FileBytes bytes) {
        return new ArchiveFile(bytes, Optional.empty());
    }

    /** {@return its name in messages} */
    public String source() {
        return source;
    }

    /**
     * {@return this archive with the members of one name only, called {@code lib.a(foo.o)}; closed with this one}
     *
     * @param name the name of a member; several may have it
     * @throws InputException when no member has it
     */
    public ArchiveFile only(String name) {
        List<Member> meant =
                members.stream().filter(member -> member.name().equals(name)).toList();
        String title = new MemberName(file.source(), name).toString();
        if (meant.isEmpty()) {
            throw new InputException(
                    title,
                    "",
                    "the library has no such member"
                            + Nearest.hint(
                                    name, members.stream().map(Member::name).toList()));
        }
        return new ArchiveFile(this, title, meant);
    }

    /** {@return whether its members are files beside it} */
    public boolean isThin() {
        return isThin;
    }

    /** {@return whether it is a Debian package, which is an archive of compressed archives of another kind} */
    public boolean isDebianPackage() {
        return !isThin && !members.isEmpty() && members.get(0).name().equals(DEBIAN);
    }

    /** {@return its members in their order; several may have one name} */
    public List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    /**
     * {@return the name of a member in messages and results, {@code lib.a(foo.o)}}
     *
     * @param member a member of this archive
     */
    public String title(Member member) {
        return new MemberName(file.source(), member.name()).toString();
    }

    /**
     * {@return whether a member has content of its own in this archive that starts like ELF}
     *
     * @param member a member of this archive
     */
    public boolean isElf(Member member) {
        return !isThin
                && member.byteSize() >= Integer.BYTES
                && ElfFile.isElf(file.read(member.byteOffset(), Integer.BYTES, member.name()));
    }

    /**
     * Opens the content of a member.
     *
     * @param member a member of this archive
     * @return its bytes, called as {@link #title} says, to be closed by the caller before this archive is
     * @throws InputException when it is a file that cannot be read
     */
    public FileBytes open(Member member) {
        return isThin ? openBeside(member) : file.slice(title(member), member.byteOffset(), member.byteSize());
    }

    private FileBytes openBeside(Member member) {
        Path path;
        try {
            path = directory
                    .orElseThrow(() -> new InputException(
                            source(),
                            "",
                            "a thin static library, whose members are files beside it; name it as a file"))
                    .resolve(member.name());
        } catch (InvalidPathException unspeakable) {
            throw new InputException(title(member), "", "is not a valid file name: " + unspeakable.getReason());
        }
        return member.nestedOffset() == 0 ? FileBytes.open(title(member), path) : openNested(member, path);
    }

    /** Opens a member of an archive beside this one, and copies it. */
    private FileBytes openNested(Member member, Path path) {
        try (ArchiveFile nested = open(title(member), path)) {
            Member meant = nested.members.stream()
                    .filter(one -> one.headerOffset() == member.nestedOffset())
                    .findFirst()
                    .filter(one -> !nested.isThin && one.byteSize() <= Section.MOST_CONTENT_BYTES)
                    .orElseThrow(() -> InputException.atByte(
                            title(member), member.nestedOffset(), "expected a member of at most 1 GiB"));
            return FileBytes.of(
                    nested.title(meant),
                    nested.file.read(meant.byteOffset(), (int) meant.byteSize(), nested.title(meant)));
        }
    }

    /** Reads the header at an offset and returns the offset of the next one. */
    private long member(long offset) {
        String header = text(file.read(offset, HEADER_BYTES, "the header of a member"));
        if (!header.endsWith("`\n")) {
            throw InputException.atByte(
                    file.source(), offset, "expected the header of a member of a static library; is it damaged?");
        }
        long byteSize = number(header.substring(SIZE_OFFSET, SIZE_OFFSET + SIZE_DIGITS), offset);
        String name = header.substring(0, NAME_BYTES).stripTrailing();
        long content = offset + HEADER_BYTES;
        boolean isIndex = name.equals("/") || name.equals("/SYM64/");
        boolean isStored = !isThin || isIndex || name.equals(LONG_NAMES);
        if (isStored && byteSize > file.byteSize() - content) {
            throw InputException.atByte(
                    file.source(),
                    offset,
                    "a member of " + byteSize + " bytes lies outside a file of " + file.byteSize()
                            + "; was it cut off?");
        }
        if (name.equals(LONG_NAMES)) {
            longNames = text(file.read(content, (int) Math.min(byteSize, LONGEST_NAMES_BYTES), "the long names"));
        } else if (!isIndex) {
            add(named(name, content, byteSize, offset));
        }
        return content + (isStored ? byteSize + (byteSize & 1) : 0);
    }

    private void add(Member member) {
        if (member.name().startsWith(BSD_INDEX)) {
            return;
        }
        nameCharacters += member.name().length();
        if (members.size() == MOST_MEMBERS || nameCharacters > MOST_NAME_CHARACTERS) {
            throw InputException.atByte(
                    file.source(),
                    member.headerOffset(),
                    "more than " + MOST_MEMBERS + " members, or " + MOST_NAME_CHARACTERS
                            + " characters of their names, which are the limits");
        }
        members.add(member);
    }

    private Member named(String shortName, long content, long byteSize, long offset) {
        if (shortName.startsWith(BSD_LONG_NAME)) {
            long headBytes = Math.min(number(shortName.substring(BSD_LONG_NAME.length()), content), byteSize);
            int length = (int) Math.min(headBytes, LONGEST_NAME_BYTES);
            String name =
                    text(file.read(content, length, "the name of a member")).replace("\0", "");
            return new Member(name, content + headBytes, byteSize - headBytes, offset, 0);
        }
        if (!shortName.startsWith("/")) {
            return new Member(withoutSlash(shortName), content, byteSize, offset, 0);
        }
        int colon = isThin ? shortName.indexOf(':') : -1;
        long nested = colon < 0 ? 0 : number(shortName.substring(colon + 1), offset);
        String digits = shortName.substring(1, colon < 0 ? shortName.length() : colon);
        int at = (int) Math.min(number(digits, content), longNames.length());
        int limit = Math.min(longNames.length(), at + LONGEST_NAME_BYTES);
        int end = longNames.indexOf('\n', at);
        String name = withoutSlash(longNames.substring(at, end < 0 ? limit : Math.min(end, limit)));
        return new Member(name, content, byteSize, offset, nested);
    }

    private static String withoutSlash(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private long number(String digits, long offset) {
        String stripped = digits.strip();
        if (!stripped.matches("[0-9]{1,10}")) {
            throw InputException.atByte(file.source(), offset, "expected a number, found '" + stripped + "'");
        }
        return Long.parseLong(stripped);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    @Override
    public void close() {
        file.close();
    }
}
