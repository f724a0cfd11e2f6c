package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.List;

/** The steps of one task of one crew that touch a {@link SharedLine}. */
final class LineVisit {
    final CpuClass.Shift shift;
    final Station station;
    final List<LineTouch> touches = new ArrayList<>(1);
    boolean writes;
    LineTouch lastTouch;
    LineTouch lastWrite;
    /** Tasks of the whole crew; as of the last update. */
    double perNano;

    LineVisit(CpuClass.Shift shift, Station station) {
        this.shift = shift;
        this.station = station;
    }

    void add(LineTouch touch) {
        touches.add(touch);
        lastTouch = touch;
        if (touch.writes) {
            lastWrite = touch;
            writes = true;
        }
    }
}
