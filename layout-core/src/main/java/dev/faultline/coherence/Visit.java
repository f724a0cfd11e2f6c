package dev.faultline.coherence;

import java.util.ArrayList;
import java.util.List;

/** The steps of one task of one crew that touch a {@link SharedLine}. */
final class Visit {
    final Crew.Shift shift;
    final Station station;
    final List<Touch> touches = new ArrayList<>(1);
    boolean writes;
    Touch lastTouch;
    Touch lastWrite;
    /** Tasks of the whole crew; as of the last update. */
    double perNano;

    Visit(Crew.Shift shift, Station station) {
        this.shift = shift;
        this.station = station;
    }

    void add(Touch touch) {
        touches.add(touch);
        lastTouch = touch;
        if (touch.writes) {
            lastWrite = touch;
            writes = true;
        }
    }
}
