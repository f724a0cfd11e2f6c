package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import dev.faultline.input.InputException;
import dev.faultline.input.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON that valgrind's DHAT writes. It counts, for blocks of at most 1,024 bytes, the accesses to each byte.
 * It tells neither threads nor, of a byte, loads from stores.
 *
 * <p>It adds up all blocks of one place of allocation in counters of 16 bits, so every count is only at least that.
 *
 * <p>A block has the type that is stated for the place where it is allocated. Bytes in a row that were counted alike
 * are one row, at the first of them.
 */
public final class DhatJson {

    private static final String UNIT = "accesses to a byte";
    private static final int MOST_BLOCK = 1 << 20;
    private static final Pattern FRAME = Pattern.compile("(?:0x[0-9A-Fa-f]+: )?(.+?)(?: \\(([^()]*)\\))?");
    private static final Pattern ALLOCATOR = Pattern.compile(
            "malloc|calloc|realloc|memalign|aligned_alloc|posix_memalign|operator new.*|\\[root]|\\?\\?\\?");

    private final String source;
    private final AccessCollector collector;
    private final PlaceLocator stated;

    private DhatJson(String source, AccessCollector collector, PlaceLocator stated) {
        this.source = source;
        this.collector = collector;
        this.stated = stated;
    }

    /**
     * Reads a file.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @param stated finds the type of a block by where it was allocated: a function, or a file and line
     * @param collector gets what it says
     * @throws InputException when it is no such file, or has no counts of bytes
     */
    public static void read(String source, String text, PlaceLocator stated, AccessCollector collector) {
        Object value = JsonText.parse(source, text, 1);
        if (!(value instanceof Map<?, ?> root) || !root.containsKey("dhatFileVersion")) {
            throw new InputException(source, "", "no file of DHAT: expected \"dhatFileVersion\"");
        }
        new DhatJson(source, collector, stated).read(root);
    }

    private void read(Map<?, ?> root) {
        collector.unit(UNIT);
        if (root.get("cmd") instanceof String command) {
            String program = command.strip().split(" ", 2)[0];
            collector.program(program.substring(program.lastIndexOf('/') + 1), 1);
        }
        List<?> frames = list(root.get("ftbl"), "ftbl");
        List<?> points = list(root.get("pps"), "pps");
        long withBytes = 0;
        for (int i = 0; i < points.size(); i++) {
            if (!(points.get(i) instanceof Map<?, ?> point)) {
                throw problem("pps[" + i + "]: expected an object");
            }
            if (point.get("acc") instanceof List<?> counts) {
                withBytes++;
                point(point, counts, frames, "pps[" + i + "]");
            }
        }
        if (withBytes == 0) {
            throw problem("no block with counts of its bytes: DHAT counts them in blocks of one size of at most"
                    + " 1,024 bytes");
        }
        if (withBytes < points.size()) {
            collector.note((points.size() - withBytes) + " of " + points.size()
                    + " places of allocation have no counts of bytes: blocks of several sizes, or above 1,024 bytes");
        }
        collector.note("DHAT counts bytes with 16 bits, so each count is at least what is told");
        collector.note("bytes in a row that were counted alike are one row, so a field behind another one that was"
                + " counted as often may have none");
    }

    private void point(Map<?, ?> point, List<?> counts, List<?> frames, String name) {
        long reads = bytes(point, "rb", name);
        long writes = bytes(point, "wb", name);
        SeenKind kind = writes == 0 ? SeenKind.READ : reads == 0 ? SeenKind.WRITE : SeenKind.ACCESS;
        List<String> places = places(list(point.get("fs"), name + ".fs"), frames, name);
        String site = places.isEmpty() ? "unknown place of allocation" : places.get(0);
        String known = places.stream()
                .filter(place -> stated.at(0, place, 0).isPresent())
                .findFirst()
                .orElse(site);
        long at = 0;
        long before = 0;
        for (int i = 0; i < counts.size(); i++) {
            long run = 1;
            long count = signed(counts.get(i), name + ".acc");
            if (count < 0) {
                run = -count;
                i++;
                if (i == counts.size()) {
                    throw problem(name + ".acc: " + count + " at the end; expected the count that is repeated");
                }
                count = number(counts.get(i), name + ".acc");
            }
            if (count > 0 && count != before) {
                add(known, at, kind, count);
            }
            before = count;
            at += run;
            if (at > MOST_BLOCK) {
                throw problem(name + ".acc: more than " + MOST_BLOCK + " bytes");
            }
        }
    }

    private long bytes(Map<?, ?> point, String member, String name) {
        return point.containsKey(member) ? number(point.get(member), name + "." + member) : 0;
    }

    private void add(String known, long byteOffset, SeenKind kind, long count) {
        collector.add(new SeenAccess(
                "program", "", -1, 0, "", SeenAccess.Target.ofAddress(0, known, byteOffset), kind, count, 0, true));
    }

    /** {@return the names by which a person can call the place of allocation: functions and lines, innermost first} */
    private List<String> places(List<?> indexes, List<?> frames, String name) {
        List<String> functions = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        Map<String, Boolean> seen = new HashMap<>();
        for (Object index : indexes) {
            long number = number(index, name + ".fs");
            if (number >= frames.size() || !(frames.get((int) number) instanceof String frame)) {
                throw problem(name + ".fs: there is no frame " + number);
            }
            Matcher parts = FRAME.matcher(frame);
            if (frame.length() < 4_096 && parts.matches()) {
                String function = parts.group(1).strip();
                if (!ALLOCATOR.matcher(function).matches() && seen.put(function, true) == null) {
                    functions.add(function);
                    if (parts.group(2) != null) {
                        lines.add(parts.group(2));
                    }
                }
            }
        }
        functions.addAll(lines);
        return functions;
    }

    private List<?> list(Object value, String name) {
        if (!(value instanceof List<?> list)) {
            throw problem(name + ": expected a list");
        }
        return list;
    }

    private long number(Object value, String name) {
        long number = signed(value, name);
        if (number < 0) {
            throw problem(name + ": expected a number from 0, found " + number);
        }
        return number;
    }

    private long signed(Object value, String name) {
        if (!(value instanceof Long number) || number < -MOST_BLOCK) {
            throw problem(name + ": expected a whole number");
        }
        return number;
    }

    private InputException problem(String problem) {
        return new InputException(source, "", problem);
    }
}
