package dev.faultline.report.view;

import dev.faultline.Analysis;
import dev.faultline.access.FieldActivity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The lines of a struct in one placement, cut into cells: what a drawing shows. */
public final class LineMapView {

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
     * A line.
     *
     * @param number from 0
     * @param bytes the bytes of the struct on it
     * @param cells in order; none for lines that are left out
     * @param leftOut how many lines like it, that nobody touches, this stands for; 0 when it is shown
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

    /** {@return every line, but of three or more in a row that nobody touches one for all} */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        List<Piece> pieces = pieces();
        long size = analysis.subject().layout().byteSize();
        long count = (size + baseResidue + lineBytes - 1) / lineBytes;
        int next = 0;
        List<Line> quiet = new ArrayList<>();
        for (long number = 0; number < count; number++) {
            long start = number * lineBytes - baseResidue;
            ByteRange bytes = new ByteRange(Math.max(0, start), Math.min(size, start + lineBytes));
            List<Cell> cells = new ArrayList<>();
            while (next < pieces.size() && pieces.get(next).bytes().end() <= bytes.start()) {
                next++;
            }
            for (int i = next; i < pieces.size() && pieces.get(i).bytes().start() < bytes.end(); i++) {
                cells.add(cell(pieces.get(i), bytes, start));
            }
            Line line = new Line(number, bytes, cells, 0);
            if (cells.stream().allMatch(cell -> cell.use() == Use.UNTOUCHED || cell.use() == Use.HOLE)) {
                quiet.add(line);
            } else {
                flush(quiet, lines);
                lines.add(line);
            }
        }
        flush(quiet, lines);
        return lines;
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

    private static void flush(List<Line> quiet, List<Line> lines) {
        if (quiet.size() < 3) {
            lines.addAll(quiet);
        } else {
            Line first = quiet.get(0);
            Line last = quiet.get(quiet.size() - 1);
            lines.add(new Line(
                    first.number(),
                    new ByteRange(first.bytes().start(), last.bytes().end()),
                    List.of(),
                    quiet.size()));
        }
        quiet.clear();
    }

    /** Slots whose bytes overlap, arms of a union or bit-fields of a unit, become one piece. */
    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (Slot slot : analysis.subject().layout().slots()) {
            Piece piece = new Piece(
                    slot.bytes(), slot instanceof Slot.Field field ? List.of(field.path()) : List.of(), use(slot));
            int last = pieces.size() - 1;
            if (last >= 0 && pieces.get(last).bytes().overlaps(piece.bytes())) {
                pieces.set(last, join(pieces.get(last), piece));
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static Piece join(Piece a, Piece b) {
        Set<String> paths = new LinkedHashSet<>(a.paths());
        paths.addAll(b.paths());
        return new Piece(
                new ByteRange(
                        Math.min(a.bytes().start(), b.bytes().start()),
                        Math.max(a.bytes().end(), b.bytes().end())),
                List.copyOf(paths),
                a.use().compareTo(b.use()) <= 0 ? a.use() : b.use());
    }

    private Use use(Slot slot) {
        if (!(slot instanceof Slot.Field)) {
            return Use.HOLE;
        }
        Use use = Use.UNTOUCHED;
        for (FieldActivity activity : analysis.access().activities()) {
            if (activity.field().bytes().overlaps(slot.bytes())) {
                if (activity.isWritten()) {
                    return Use.WRITTEN;
                }
                use = Use.READ;
            }
        }
        return use;
    }
}
