package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.dwarf.DwarfSource;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfFile;
import java.util.List;

/** What a static library is that has no layouts to be read. */
final class StaticArchive {

    private static final int MOST_NAMED = 3;

    private final ArchiveFile archive;

    private StaticArchive(ArchiveFile archive) {
        this.archive = archive;
    }

    /**
     * {@return what a static library is and what to do, without its name}
     *
     * @param archive the library
     * @throws InputException when it is broken
     */
    static String message(ArchiveFile archive) {
        return new StaticArchive(archive).message();
    }

    private String message() {
        List<ArchiveFile.Member> members = archive.members();
        if (members.isEmpty()) {
            return "a static library without members";
        }
        if (archive.isDebianPackage()) {
            return Advice.message(
                    "a Debian package",
                    "unpack it and name a file in it: `dpkg-deb -x FILE DIRECTORY`",
                    archive.source());
        }
        String words = (archive.isThin() ? "a thin static library of " : "a static library of ")
                + members.size()
                + (members.size() == 1 ? " member" : " members");
        if (archive.isThin()) {
            return words + ", which are files beside it; name one of these: " + named(members);
        }
        List<ArchiveFile.Member> binaries =
                members.stream().filter(archive::isElf).toList();
        List<ArchiveFile.Member> withTypes =
                binaries.stream().filter(this::hasTypes).toList();
        boolean hasTypes = !withTypes.isEmpty();
        List<ArchiveFile.Member> best = hasTypes ? withTypes : binaries.isEmpty() ? members : binaries;
        return Advice.message(
                words + ", "
                        + (hasTypes ? withTypes.size() + " with debug information (" : "none with debug information (")
                        + named(best) + ")",
                "take one out and name it: `ar x FILE" + argument(best.get(0).name()) + "`",
                archive.source());
    }

    private static String named(List<ArchiveFile.Member> members) {
        List<String> first =
                members.stream().limit(MOST_NAMED).map(ArchiveFile.Member::name).toList();
        return String.join(", ", first) + (members.size() > first.size() ? ", ..." : "");
    }

    /** {@return the argument that names a member; none, for all members, when a shell would split its name} */
    private static String argument(String member) {
        return Advice.isPlain(member) ? " " + member : "";
    }

    /** {@return whether a binary has BTF or DWARF; false when it is broken} */
    private boolean hasTypes(ArchiveFile.Member member) {
        try {
            ElfFile elf = ElfFile.of(archive.open(member));
            return elf.has(BtfSource.SECTION) || DwarfSource.isIn(elf);
        } catch (InputException broken) {
            return false;
        }
    }
}
