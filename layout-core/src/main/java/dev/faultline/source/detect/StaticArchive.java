package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a static library, which {@code ar} has made. It is not read as a source, since its members declare the
 * same structs over and over; a member is one.
 */
final class StaticArchive {

    static final String MAGIC = "!<arch>\n";
    static final String THIN_MAGIC = "!<thin>\n";

    private static final int HEADER_BYTES = 60;
    private static final int NAME_BYTES = 16;
    private static final int SIZE_OFFSET = 48;
    private static final int SIZE_DIGITS = 10;
    private static final String LONG_NAMES = "//";
    private static final String BSD_LONG_NAME = "#1/";
    private static final int LONGEST_NAME_BYTES = 4096;
    private static final String BSD_INDEX = "__.SYMDEF";
    private static final String DEBIAN = "debian-binary";
    private static final int MOST_NAMED = 3;

    private static final int LONGEST_NAMES_BYTES = 16 << 20;

    private final FileBytes file;
    private final boolean isThin;
    private final Named members = new Named();
    private final Named withBtf = new Named();
    private final Named binaries = new Named();
    private String longNames = "";

    /** The number of some members, and the names of the first. */
    private static final class Named {
        private long count;
        private final List<String> first = new ArrayList<>();

        void add(String name) {
            count++;
            if (first.size() < MOST_NAMED) {
                first.add(name);
            }
        }

        @Override
        public String toString() {
            return String.join(", ", first) + (count > first.size() ? ", ..." : "");
        }
    }

    private StaticArchive(FileBytes file) {
        this.file = file;
        this.isThin = text(file.read(0, MAGIC.length(), "the magic")).equals(THIN_MAGIC);
        long offset = MAGIC.length();
        while (offset < file.byteSize()) {
            offset = member(offset);
        }
    }

    /** {@return whether these bytes start a static library} */
    static boolean isArchive(byte[] head) {
        return FileSignature.start(MAGIC).isIn(head)
                || FileSignature.start(THIN_MAGIC).isIn(head);
    }

    /**
     * {@return what a static library is and what to do, without its name}
     *
     * @param file the library
     * @throws InputException when it is broken
     */
    static String message(FileBytes file) {
        return new StaticArchive(file).message();
    }

    private String message() {
        if (members.count == 0) {
            return "a static library without members";
        }
        if (!isThin && members.first.get(0).equals(DEBIAN)) {
            return Advice.message(
                    "a Debian package", "unpack it and name a file in it: `dpkg-deb -x FILE DIRECTORY`", file.source());
        }
        String words = (isThin ? "a thin static library of " : "a static library of ")
                + members.count
                + (members.count == 1 ? " member" : " members");
        if (isThin) {
            return words + ", which are files beside it; name one of these: " + members;
        }
        boolean hasBtf = withBtf.count > 0;
        Named best = hasBtf ? withBtf : binaries.count > 0 ? binaries : members;
        return Advice.message(
                words + ", " + (hasBtf ? withBtf.count + " with BTF (" : "none with BTF (") + best + ")",
                "take one out and name it: `ar x FILE" + argument(best.first.get(0)) + "`",
                file.source());
    }

    /** {@return the argument that names a member; none, for all members, when a shell would split its name} */
    private static String argument(String member) {
        return Advice.isPlain(member) ? " " + member : "";
    }

    /** {@return whether a binary has BTF; false when it is broken} */
    private boolean hasBtf(String name, long offset, long byteSize) {
        try {
            return ElfFile.of(file.slice(name, offset, byteSize)).has(BtfSource.SECTION);
        } catch (InputException broken) {
            return false;
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
            add(name, content, isStored ? byteSize : 0);
        }
        return content + (isStored ? byteSize + (byteSize & 1) : 0);
    }

    private void add(String shortName, long content, long byteSize) {
        String name = withoutSlash(shortName);
        long headBytes = 0;
        if (shortName.startsWith(BSD_LONG_NAME)) {
            headBytes = Math.min(number(shortName.substring(BSD_LONG_NAME.length()), content), byteSize);
            int length = (int) Math.min(headBytes, LONGEST_NAME_BYTES);
            name = text(file.read(content, length, "the name of a member")).replace("\0", "");
        } else if (shortName.startsWith("/")) {
            int at = (int) Math.min(number(shortName.substring(1), content), longNames.length());
            int limit = Math.min(longNames.length(), at + LONGEST_NAME_BYTES);
            int end = longNames.indexOf('\n', at);
            name = withoutSlash(longNames.substring(at, end < 0 ? limit : Math.min(end, limit)));
        }
        if (name.startsWith(BSD_INDEX)) {
            return;
        }
        members.add(name);
        long size = byteSize - headBytes;
        if (size >= Integer.BYTES && ElfFile.isElf(file.read(content + headBytes, Integer.BYTES, name))) {
            binaries.add(name);
            if (hasBtf(name, content + headBytes, size)) {
                withBtf.add(name);
            }
        }
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
}
