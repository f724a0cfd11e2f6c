package dev.faultline.report.view;

import dev.faultline.analysis.Analysis;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The lines of a struct in one placement, cut into cells: what a drawing shows. */
public final class LineMapView {

    /** So many lines that nobody touches are left out. */
    private static final long FEWEST_QUIET = 3;
    /** So many lines of one field that somebody touches are left out. */
    private static final long FEWEST_ALIKE = 16;

    private final Analysis analysis;
    private final int lineBytes;
    private final long baseResidue;

    /**
     * A view.
     *
     * @param analysis what was found
     * @param lineBytes size of a line
     * @param baseResidue where byte 0 stands on its line
     */
    public LineMapView(Analysis analysis, int lineBytes, long baseResidue) {
        this.analysis = analysis;
        this.lineBytes = lineBytes;
        this.baseResidue = baseResidue;
    }

    /** {@return the first placement there is, in lines of the machine's size} */
    public static LineMapView of(Analysis analysis) {
        return new LineMapView(analysis, analysis.machine().lineBytes().value(), 0);
    }

    /** What becomes of some bytes. */
    public enum Use {
        /** Somebody writes them. */
        WRITTEN,
        /** They are only read. */
        READ,
        /** Nobody is known to touch them. */
        UNTOUCHED,
        /** Nothing is there. */
        HOLE
    }

    /**
     * Bytes of a line that one field, or several that overlap, fill.
     *
     * @param fromByte first byte, counted from the start of the line
     * @param byteSize how many
     * @param paths of the fields; none for a hole
     * @param use what becomes of them; of several fields the worst
     * @param isBegin whether the first byte of the fields is here, and not on a line before
     */
    public record Cell(int fromByte, int byteSize, List<String> paths, Use use, boolean isBegin) {
        /** Copies the list. */
        public Cell {
            paths = List.copyOf(paths);
        }

        /** {@return the names of the fields, without the structs they are in} */
        public String label() {
            return String.join(
                    " | ",
                    paths.stream()
                            .map(path -> path.substring(path.lastIndexOf('.') + 1))
                            .toList());
        }
    }

    /**
     * A line, or lines that are left out.
     *
     * @param number from 0
     * @param bytes the bytes of the struct on it
     * @param cells in order; of lines that are left out the one that all of them are, none where nobody touches them
     * @param leftOut how many lines like it this stands for; 0 when it is shown
     */
    public record Line(long number, ByteRange bytes, List<Cell> cells, long leftOut) {
        /** Copies the list. */
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /** {@return bytes of a line} */
    public int lineBytes() {
        return lineBytes;
    }

    /** Bytes that belong together, whatever line they are on. */
    private record Piece(ByteRange bytes, List<String> paths, Use use) {}

    /**
     * {@return every line, but of three or more in a row that nobody touches one for all, and one for all but the
     * first and the last of very many that one field fills}
     *
     * <p>Lines inside a long piece are taken together from the start: what counts is how many pieces a struct has, not
     * how many lines.
     */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        List<Piece> pieces = pieces();
        long count = (size() + baseResidue + lineBytes - 1) / lineBytes;
        int next = 0;
        long quietFrom = -1;
        List<Line> quiet = new ArrayList<>();
        for (long number = 0; number < count; ) {
            long last = number;
            ByteRange bytes = bytes(number, number);
            while (next < pieces.size() && pieces.get(next).bytes().end() <= bytes.start()) {
                next++;
            }
            Piece piece = pieces.get(next);
            if (piece.bytes().contains(bytes)) {
                last = Math.max(number, (piece.bytes().end() + baseResidue) / lineBytes - 1);
            }
            List<Cell> cells = cells(pieces, next, bytes, number * lineBytes - baseResidue);
            if (cells.stream().allMatch(cell -> cell.use() == Use.UNTOUCHED || cell.use() == Use.HOLE)) {
                quietFrom = quietFrom < 0 ? number : quietFrom;
                if (last - number < FEWEST_QUIET) {
                    last = number;
                    quiet.add(new Line(number, bytes, cells, 0));
                }
            } else {
                flush(quietFrom, number, quiet, lines);
                quietFrom = -1;
                last = touched(number, last, cells, lines);
            }
            number = last + 1;
        }
        flush(quietFrom, count, quiet, lines);
        return lines;
    }

    private long size() {
        return analysis.subject().layout().byteSize();
    }

    /** The bytes of the struct on some lines. */
    private ByteRange bytes(long first, long last) {
        return new ByteRange(
                Math.max(0, first * lineBytes - baseResidue), Math.min(size(), (last + 1) * lineBytes - baseResidue));
    }

    private static List<Cell> cells(List<Piece> pieces, int from, ByteRange bytes, long start) {
        List<Cell> cells = new ArrayList<>();
        for (int i = from; i < pieces.size() && pieces.get(i).bytes().start() < bytes.end(); i++) {
            cells.add(cell(pieces.get(i), bytes, start));
        }
        return cells;
    }

    /** Adds a line that somebody touches, and what follows when it is alike. Returns the last that was dealt with. */
    private long touched(long number, long last, List<Cell> cells, List<Line> lines) {
        lines.add(new Line(number, bytes(number, number), cells, 0));
        long leftOut = last - number - 1;
        if (leftOut < FEWEST_ALIKE) {
            return number;
        }
        lines.add(new Line(number + 1, bytes(number + 1, last - 1), cells, leftOut));
        return last - 1;
    }

    /** Adds the lines of a row that nobody touches, up to one: themselves when they are few and known. */
    private void flush(long from, long to, List<Line> quiet, List<Line> lines) {
        if (from >= 0 && to - from < FEWEST_QUIET) {
            lines.addAll(quiet);
        } else if (from >= 0) {
            lines.add(new Line(from, bytes(from, to - 1), List.of(), to - from));
        }
        quiet.clear();
    }

    private static Cell cell(Piece piece, ByteRange line, long start) {
        long from = Math.max(piece.bytes().start(), line.start());
        long to = Math.min(piece.bytes().end(), line.end());
        return new Cell(
                (int) (from - start),
                (int) (to - from),
                piece.paths(),
                piece.use(),
                piece.bytes().start() >= line.start());
    }

    /** Slots whose bytes overlap, arms of a union or bit-fields of a unit, become one piece. */
    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        Covered written = covered(true);
        Covered read = covered(false);
        Set<String> paths = new LinkedHashSet<>();
        ByteRange bytes = null;
        Use use = Use.HOLE;
        for (Slot slot : analysis.subject().layout().slots()) {
            if (bytes == null || !bytes.overlaps(slot.bytes())) {
                if (bytes != null) {
                    pieces.add(new Piece(bytes, List.copyOf(paths), use));
                }
                paths.clear();
                bytes = slot.bytes();
                use = Use.HOLE;
            }
            bytes = new ByteRange(
                    Math.min(bytes.start(), slot.bytes().start()),
                    Math.max(bytes.end(), slot.bytes().end()));
            if (slot instanceof Slot.Field field) {
                paths.add(field.path());
                Use here = written.touches(slot.bytes())
                        ? Use.WRITTEN
                        : read.touches(slot.bytes()) ? Use.READ : Use.UNTOUCHED;
                use = here.compareTo(use) < 0 ? here : use;
            }
        }
        if (bytes != null) {
            pieces.add(new Piece(bytes, List.copyOf(paths), use));
        }
        return pieces;
    }

    private Covered covered(boolean isWritten) {
        return new Covered(analysis.access().activities().stream()
                .filter(activity -> activity.isWritten() == isWritten)
                .map(activity -> activity.field().bytes())
                .toList());
    }

    /** Bytes that something covers. */
    private static final class Covered {
        private final TreeMap<Long, Long> endByStart = new TreeMap<>();

        /** Takes ranges in order of their start. */
        Covered(List<ByteRange> ranges) {
            for (ByteRange range : ranges) {
                Map.Entry<Long, Long> last = endByStart.lastEntry();
                if (last != null && range.start() <= last.getValue()) {
                    last = endByStart.pollLastEntry();
                    endByStart.put(last.getKey(), Math.max(last.getValue(), range.end()));
                } else {
                    endByStart.put(range.start(), range.end());
                }
            }
        }

        boolean touches(ByteRange bytes) {
            Map.Entry<Long, Long> before = endByStart.lowerEntry(bytes.end());
            return before != null && before.getValue() > bytes.start();
        }
    }
}
