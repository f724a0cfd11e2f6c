package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.List;

/** The steps of one task class that touch a {@link SharedLine}. */
final class LineVisit {
    final CpuClass.TaskClass taskClass;
    final Station station;
    final List<LineTouch> touches = new ArrayList<>(1);
    boolean writes;
    LineTouch lastTouch;
    LineTouch lastWrite;
    /** Tasks per ns of all CPUs of the class, as of the last update. */
    double perNano;

    LineVisit(CpuClass.TaskClass taskClass, Station station) {
        this.taskClass = taskClass;
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
