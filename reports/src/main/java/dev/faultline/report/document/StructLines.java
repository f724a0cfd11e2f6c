package dev.faultline.report.document;

import dev.faultline.layout.ByteRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The bytes of a struct and who accesses them. {@link #lines} is where it is computed which bytes are on which line.
 *
 * @param name the struct
 * @param byteSize its size
 * @param lineBytes the size of a line
 * @param baseAlignment what the address of byte 0 is a multiple of
 * @param placement the same in words
 * @param certainty how the accesses are known, in a word
 * @param isDeclared whether a profile declares the accesses; text shows no map of guesses
 * @param items fields and holes in order of offset; they cover every byte
 * @param roles names of the roles, those that write first
 * @param uses every way in which a field is used
 * @param touches what is used, in order of offset
 */
public record StructLines(
        String name,
        long byteSize,
        int lineBytes,
        long baseAlignment,
        String placement,
        String certainty,
        boolean isDeclared,
        List<Item> items,
        List<String> roles,
        List<Use> uses,
        List<Touch> touches) {

    /** Runs of at least this many lines with the same content are one {@link Line}. */
    private static final int FEWEST_ALIKE = 17;

    public StructLines {
        items = List.copyOf(items);
        roles = List.copyOf(roles);
        uses = List.copyOf(uses);
        touches = List.copyOf(touches);
    }

    /** What an item is. */
    public enum Kind {
        /** A field. */
        FIELD,
        /** Unused bytes between fields. */
        HOLE,
        /** Unused bytes after the last field of a struct. */
        PADDING
    }

    /**
     * A field or a hole.
     *
     * @param kind what it is
     * @param path of a field its path, of a hole that of the struct it is in
     * @param type of a field its type, else empty
     * @param byteOffset where it, or the unit of its bits, starts
     * @param byteSize its size, or that of the unit
     * @param bytes the bytes it has bits in
     * @param bitOffset its first bit in the unit
     * @param bitSize its size in bits; 0 when it is made of whole bytes
     */
    public record Item(
            Kind kind,
            String path,
            String type,
            long byteOffset,
            long byteSize,
            ByteRange bytes,
            int bitOffset,
            int bitSize) {}

    /**
     * A way in which a field is used.
     *
     * @param role number of the role in {@link StructLines#roles}
     * @param isWrite whether it takes the line exclusively
     * @param words who does what, how often, and how that is known
     * @param count how often it was seen in a run; 0 when it was not counted
     * @param ratePerSecond how often one CPU does it by a profile; 0 when that is not known
     */
    public record Use(int role, boolean isWrite, String words, long count, double ratePerSecond) {}

    /**
     * A field, element or embedded struct that is used.
     *
     * @param path its path
     * @param bytes where it is
     * @param isWritten whether any use is a write
     * @param uses numbers of its uses in {@link StructLines#uses}, writes first
     */
    public record Touch(String path, ByteRange bytes, boolean isWritten, List<Integer> uses) {
        public Touch {
            uses = List.copyOf(uses);
        }
    }

    /** What happens to some bytes, from most to least harmful. */
    public enum Access {
        /** They are written. */
        WRITTEN,
        /** They are only read. */
        READ,
        /** No access is known. */
        UNTOUCHED,
        /** No field is there. */
        HOLE
    }

    /**
     * Bytes of a line that one field fills, or several that overlap.
     *
     * @param fromByte first byte, counted from the start of the line
     * @param byteSize how many
     * @param paths of the fields; none for a hole
     * @param access what happens to them; of several fields the most harmful
     */
    public record Cell(int fromByte, int byteSize, List<String> paths, Access access) {
        public Cell {
            paths = List.copyOf(paths);
        }

        /** {@return the names of the fields, without the structs they are in} */
        public String label() {
            return paths.stream()
                    .map(path -> path.substring(path.lastIndexOf('.') + 1))
                    .collect(Collectors.joining(" | "));
        }
    }

    /**
     * A line, or many in a row that have the same content.
     *
     * @param first number of the first, counted from byte 0
     * @param last number of the last; mostly the same
     * @param bytes the bytes of the struct on them
     * @param written paths of what is written on them; behind a path, in parentheses, how often a run saw it used
     * @param read paths of what is only read on them, in the same form
     * @param cells what the first is made of, in order
     */
    public record Line(
            long first, long last, ByteRange bytes, List<String> written, List<String> read, List<Cell> cells) {
        public Line {
            written = List.copyOf(written);
            read = List.copyOf(read);
            cells = List.copyOf(cells);
        }

        /** {@return whether any access to it is known} */
        public boolean isTouched() {
            return !written.isEmpty() || !read.isEmpty();
        }

        /** {@return {@code "4"}, or {@code "4-62500"} of several} */
        public String numbers() {
            return first == last ? String.valueOf(first) : first + "-" + last;
        }

        private boolean isTouchedAs(Line other) {
            return written.equals(other.written) && read.equals(other.read);
        }
    }

    /** {@return the lines with a known access; many in a row with the same accesses are one} */
    public List<Line> touchedLines() {
        List<Line> lines = lines();
        List<Line> touched = new ArrayList<>();
        for (int from = 0, to; from < lines.size(); from = to) {
            to = from + 1;
            while (to < lines.size() && lines.get(to).isTouchedAs(lines.get(from))) {
                to++;
            }
            Line first = lines.get(from);
            long last = lines.get(to - 1).last();
            if (first.isTouched() && last - first.first() + 1 >= FEWEST_ALIKE) {
                touched.add(new Line(
                        first.first(), last, bytes(first.first(), last), first.written(), first.read(), List.of()));
            } else if (first.isTouched()) {
                touched.addAll(lines.subList(from, to));
            }
        }
        return touched;
    }

    /** {@return all lines of a struct that starts on one; many in a row that one field or hole fills are one} */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        List<Piece> pieces = pieces();
        List<Touch> here = new ArrayList<>();
        int nextTouch = 0;
        int nextPiece = 0;
        NavigableSet<Long> starts = starts();
        for (long first : starts.headSet(lineAfter(byteSize))) {
            while (nextPiece < pieces.size()
                    && pieces.get(nextPiece).bytes().end()
                            <= bytes(first, first).start()) {
                nextPiece++;
            }
            here.removeIf(touch -> lineAfter(touch.bytes().end()) <= first);
            while (nextTouch < touches.size() && touches.get(nextTouch).bytes().start() / lineBytes <= first) {
                here.add(touches.get(nextTouch++));
            }
            add(first, starts.higher(first) - 1, pieces.subList(nextPiece, pieces.size()), here, lines);
        }
        return lines;
    }

    /** The numbers of the lines whose content differs from that of the line before, and of the line after the last. */
    private NavigableSet<Long> starts() {
        NavigableSet<Long> starts = new TreeSet<>(List.of(0L, lineAfter(byteSize)));
        items.forEach(item -> addStarts(item.bytes(), starts));
        touches.forEach(touch -> addStarts(touch.bytes(), starts));
        return starts;
    }

    private void addStarts(ByteRange bytes, Set<Long> starts) {
        long first = bytes.start() / lineBytes;
        long after = lineAfter(bytes.end());
        starts.addAll(List.of(first, first + 1, after - 1, after));
    }

    private long lineAfter(long endByte) {
        return (endByte + lineBytes - 1) / lineBytes;
    }

    private void add(long first, long last, List<Piece> pieces, List<Touch> here, List<Line> lines) {
        List<String> written = new ArrayList<>();
        List<String> read = new ArrayList<>();
        here.forEach(touch -> (touch.isWritten() ? written : read).add(touch.path() + counted(touch)));
        boolean areFew = last - first + 1 < FEWEST_ALIKE;
        for (long line = first; line <= last; line = areFew ? line + 1 : last + 1) {
            long to = areFew ? line : last;
            lines.add(new Line(line, to, bytes(line, to), written, read, cells(pieces, bytes(line, line))));
        }
    }

    /** {@return how often a run saw what is used, in parentheses; empty when it was not counted} */
    private String counted(Touch touch) {
        long count = 0;
        for (int use : touch.uses()) {
            count += Math.min(uses.get(use).count(), Long.MAX_VALUE / 2 - count);
        }
        return count == 0 ? "" : String.format(Locale.ROOT, " (%,d)", count);
    }

    private ByteRange bytes(long firstLine, long lastLine) {
        return new ByteRange(firstLine * lineBytes, Math.min(byteSize, (lastLine + 1) * lineBytes));
    }

    private static List<Cell> cells(List<Piece> pieces, ByteRange line) {
        List<Cell> cells = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.bytes().start() >= line.end()) {
                break;
            }
            long from = Math.max(piece.bytes().start(), line.start());
            long to = Math.min(piece.bytes().end(), line.end());
            cells.add(new Cell((int) (from - line.start()), (int) (to - from), piece.paths(), piece.access()));
        }
        return cells;
    }

    /** Bytes that belong together, whatever line they are on. */
    private record Piece(ByteRange bytes, List<String> paths, Access access) {}

    /** Items whose bytes overlap, arms of a union or bit-fields of a unit, become one piece. */
    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        CoveredBytes written = new CoveredBytes(touches, true);
        CoveredBytes read = new CoveredBytes(touches, false);
        for (int from = 0, to; from < items.size(); from = to) {
            Set<String> paths = new LinkedHashSet<>();
            Access access = Access.HOLE;
            ByteRange bytes = items.get(from).bytes();
            for (to = from; to < items.size() && bytes.overlaps(items.get(to).bytes()); to++) {
                Item item = items.get(to);
                bytes = new ByteRange(
                        Math.min(bytes.start(), item.bytes().start()),
                        Math.max(bytes.end(), item.bytes().end()));
                if (item.kind() == Kind.FIELD) {
                    paths.add(item.path());
                    Access here = written.touches(item.bytes())
                            ? Access.WRITTEN
                            : read.touches(item.bytes()) ? Access.READ : Access.UNTOUCHED;
                    access = here.compareTo(access) < 0 ? here : access;
                }
            }
            pieces.add(new Piece(bytes, List.copyOf(paths), access));
        }
        return pieces;
    }

    /** The bytes that are written, or those that are only read. */
    private static final class CoveredBytes {
        private final TreeMap<Long, Long> endByStart = new TreeMap<>();

        CoveredBytes(List<Touch> touches, boolean isWritten) {
            for (Touch touch : touches) {
                if (touch.isWritten() == isWritten) {
                    add(touch.bytes());
                }
            }
        }

        private void add(ByteRange range) {
            Map.Entry<Long, Long> last = endByStart.lastEntry();
            if (last != null && range.start() <= last.getValue()) {
                endByStart.put(last.getKey(), Math.max(last.getValue(), range.end()));
            } else {
                endByStart.put(range.start(), range.end());
            }
        }

        boolean touches(ByteRange bytes) {
            Map.Entry<Long, Long> before = endByStart.lowerEntry(bytes.end());
            return before != null && before.getValue() > bytes.start();
        }
    }
}
