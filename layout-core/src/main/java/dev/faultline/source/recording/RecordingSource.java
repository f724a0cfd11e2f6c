package dev.faultline.source.recording;

import dev.faultline.access.Observation;
import dev.faultline.access.Profile;
import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The blocks of memory in an access file that have no type, and the lines of the heap on which different objects were,
 * each with what was recorded of it as its profile. Types
 * that have a name in a program are not layouts here: their fields are in the program.
 */
public final class RecordingSource implements SelectiveSource {

    /** Offsets of neighbours are in a pair of lines. */
    private static final Placement OF_NEIGHBOURS = new Placement(128, "the recording");

    /** What an allocator of a 64-bit system promises. */
    private static final Placement OF_BLOCKS = new Placement(16, "malloc on 64-bit systems");

    private final String description;
    private final Map<String, Subject> byName = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private RecordingSource(String description) {
        this.description = description;
    }

    /** {@return whether the first bytes of a text are those of an access file} */
    public static boolean isRecording(String head) {
        return AccessFileReader.isAccessFile(head) && head.contains("faultline-access");
    }

    /**
     * Reads an access file.
     *
     * @param description its name in messages
     * @param text its text
     * @return the source
     * @throws InputException when it is broken, or has no blocks
     */
    public static RecordingSource read(String description, String text) {
        AccessFile file = AccessFileReader.read(description, text);
        RecordingSource source = new RecordingSource(description);
        source.notes.addAll(file.notes());
        Map<String, List<AccessRow>> blocks = new TreeMap<>();
        TreeSet<String> others = new TreeSet<>();
        for (AccessRow row : file.rows()) {
            String type = row.key().type();
            boolean isLayout = Observation.isUntyped(type);
            if (isLayout && BlockLayout.isInBounds(row)) {
                blocks.computeIfAbsent(type, any -> new ArrayList<>()).add(row);
            } else if (!isLayout) {
                others.add(type);
            }
        }
        if (blocks.isEmpty()) {
            throw new InputException(
                    description,
                    "",
                    "an access file without blocks of memory or neighbours, so without layouts; name the program that"
                            + " has its types, and the file with --profile");
        }
        source.add(blocks, ObservedProfile.of(file, description));
        if (!others.isEmpty()) {
            source.notes.add(description + " is also of types that a program has, such as " + others.first()
                    + "; for these name the program, and this file with --profile");
        }
        return source;
    }

    private void add(Map<String, List<AccessRow>> blocks, Profile profile) {
        blocks.forEach((type, rows) -> {
            StructLayout layout = BlockLayout.of(type, rows, description);
            if (rows.size() > BlockLayout.MOST_FIELDS) {
                notes.add(type + ": the " + BlockLayout.MOST_FIELDS + " of " + rows.size()
                        + " rows that were counted most often are fields");
            }
            Subject subject = Subject.of(layout)
                    .withPlacement(type.startsWith(Observation.BLOCK) ? OF_BLOCKS : OF_NEIGHBOURS)
                    .withProfile(profile.forStruct(type, "").map(one -> ObservedProfile.in(one, layout)));
            byName.put(type, subject);
        });
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Entry> entries() {
        return byName.values().stream().map(RecordingSource::entry).toList();
    }

    private static Entry entry(Subject subject) {
        StructLayout layout = subject.layout();
        return new Entry(layout.name(), "", layout.byteSize(), layout.spelling());
    }

    @Override
    public Lookup find(String name) {
        Subject found = byName.get(name);
        return found != null
                ? new Lookup.Found(List.of(found))
                : new Lookup.Missing(description + " has no block or neighbours " + name
                        + Nearest.hint(name, List.copyOf(byName.keySet())));
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        List<Subject> subjects = byName.values().stream()
                .filter(subject -> wanted.test(entry(subject)))
                .toList();
        return new Inventory("blocks", subjects, List.of(), 0, List.of());
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
