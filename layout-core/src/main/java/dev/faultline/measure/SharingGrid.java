package dev.faultline.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How long operations take on one line and on lines apart, for several kinds of operations and gaps between them:
 * measured on this machine, and predicted. Each time is a cell; a row has two, or one when only one thread works.
 *
 * @param environment what the threads ran on
 * @param machine the name of the machine that predictions are for
 * @param rows the rows; none when the measurement was inconclusive
 * @param inconclusive why there are no rows
 * @param remarks more about the run, by label, in order
 */
public record SharingGrid(
        Environment environment,
        String machine,
        List<SharingRow> rows,
        Optional<String> inconclusive,
        Map<String, String> remarks) {

    /** A prediction is close when it is off by at most this factor. */
    public static final double CLOSE = 1.5;

    public SharingGrid {
        Objects.requireNonNull(environment);
        MeasureChecks.name("machine", machine);
        rows = List.copyOf(rows);
        Objects.requireNonNull(inconclusive);
        if (inconclusive.isPresent() == !rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected either rows or why there are none, got " + rows.size() + " rows and " + inconclusive);
        }
        remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
    }

    /**
     * A time of the grid.
     *
     * @param row its row
     * @param isApart whether it is that on lines apart
     * @param time the time
     */
    public record Cell(SharingRow row, boolean isApart, SharingTime time) {
        /** {@return whether the prediction is off by at most {@link SharingGrid#CLOSE}} */
        public boolean isClose() {
            return time.errorFactor() <= CLOSE;
        }
    }

    /** {@return all times, in the order of the rows} */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (SharingRow row : rows) {
            cells.add(new Cell(row, false, row.together()));
            row.apart().ifPresent(time -> cells.add(new Cell(row, true, time)));
        }
        return cells;
    }

    /** {@return the times that the model was fitted to, or those that it was not} */
    public List<Cell> cells(boolean isFitted) {
        return cells().stream()
                .filter(cell -> cell.row().isFitted() == isFitted)
                .toList();
    }

    /** {@return the time whose prediction is off most} */
    public Optional<Cell> worst() {
        return cells().stream()
                .max(Comparator.comparingDouble(cell -> cell.time().errorFactor()));
    }

    /** {@return the rows in which one placement is measured to be faster} */
    public List<SharingRow> decided() {
        return rows.stream().filter(SharingRow::isDecided).toList();
    }

    /** {@return those of the decided rows in which the prediction has another sign} */
    public List<SharingRow> wrongSigns() {
        return decided().stream().filter(row -> !row.isSignRight()).toList();
    }

    /** {@return how many of some cells are predicted closely} */
    public static long close(List<Cell> cells) {
        return cells.stream().filter(Cell::isClose).count();
    }
}
