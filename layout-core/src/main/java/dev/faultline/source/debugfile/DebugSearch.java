package dev.faultline.source.debugfile;

import dev.faultline.input.InputException;
import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** One search for a file: the first place with the right one ends it, and what was wrong at the others is kept. */
final class DebugSearch {

    private static final String ABSENT = "";
    private static final int BUFFER_BYTES = 1 << 16;

    /** The places looked at, each with what was wrong. */
    private final Map<Path, String> places = new LinkedHashMap<>();

    private final Optional<Path> self;
    private final String section;
    private Optional<Path> found = Optional.empty();

    /**
     * Begins a search.
     *
     * @param self the file whose companion is looked for, which is none itself
     * @param section the section that the companion must have
     */
    DebugSearch(Optional<Path> self, String section) {
        this.self = self;
        this.section = section;
    }

    /** Looks at a place for the file of a build. */
    void at(Path place, BuildId id) {
        look(
                place,
                elf -> BuildId.of(elf)
                        .filter(other -> !other.equals(id))
                        .map(other -> "of another build, " + other)
                        .orElse(ABSENT));
    }

    /** Looks at a place for the file that a link names. */
    void at(Path place, DebugLink link) {
        look(place, elf -> {
            if (link.id().isPresent()) {
                Optional<BuildId> other = BuildId.of(elf);
                return other.equals(link.id())
                        ? ABSENT
                        : "of another build, " + other.map(BuildId::digits).orElse("without build-id");
            }
            return ABSENT;
        });
        if (found.isPresent() && found.get().equals(place) && link.checksum().isPresent()) {
            check(place, link.checksum().get());
        }
    }

    /** Looks at a place for a file of which nothing is known but its name. */
    void at(Path place) {
        look(place, elf -> ABSENT);
    }

    private void check(Path place, int expected) {
        try {
            int checksum = checksum(place);
            if (checksum != expected) {
                found = Optional.empty();
                places.put(
                        place,
                        String.format(
                                "its CRC-32 is %08x, but %08x is expected; is it of another build?",
                                checksum, expected));
            }
        } catch (IOException unreadable) {
            found = Optional.empty();
            places.put(place, "cannot be read: " + unreadable.getMessage());
        }
    }

    /** Says what is wrong with a file; {@link #ABSENT} when nothing is. */
    private interface Check {
        String problem(ElfFile elf);
    }

    private void look(Path place, Check check) {
        if (found.isPresent() || places.containsKey(place)) {
            return;
        }
        places.put(place, ABSENT);
        if (!Files.isRegularFile(place) || isSelf(place)) {
            return;
        }
        try (ElfFile elf = ElfFile.open(place.toString(), place)) {
            String problem = elf.has(section) ? check.problem(elf) : "has no section " + section;
            places.put(place, problem);
            if (problem.isEmpty()) {
                found = Optional.of(place);
            }
        } catch (InputException broken) {
            places.put(place, "is no ELF file, or cannot be read");
        }
    }

    private boolean isSelf(Path place) {
        try {
            return self.isPresent() && Files.isSameFile(self.get(), place);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static int checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        ByteBuffer some = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(some) >= 0) {
                checksum.update(some.flip());
                some.clear();
            }
        }
        return (int) checksum.getValue();
    }

    /** {@return a path below a directory; empty when the name cannot be one} */
    static Optional<Path> below(Path directory, String name) {
        try {
            return Optional.of(directory.resolve(name).normalize());
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
    }

    /** {@return the directories of a file: that of its name, and that of the file that a symbolic link leads to} */
    static List<Path> directories(Path file) {
        List<Path> directories =
                new ArrayList<>(List.of(file.toAbsolutePath().normalize().getParent()));
        try {
            Path real = file.toRealPath().getParent();
            if (!directories.contains(real)) {
                directories.add(real);
            }
        } catch (IOException missing) {
            // the directory of its name is left
        }
        return directories;
    }

    DebugFile result() {
        List<String> looked = new ArrayList<>();
        places.forEach((place, problem) -> looked.add(place + (problem.isEmpty() ? "" : " (" + problem + ")")));
        return new DebugFile(found, looked);
    }
}
