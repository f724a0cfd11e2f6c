package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.List;

/** The steps of one task class that touch a {@link SharedLine}. */
final class LineVisit {
    /** Touches that fetch a line about as often do not take turns: the steady state would not settle. */
    private static final double CLEARLY = 1.1;

    final CpuClass.TaskClass taskClass;
    final Station station;
    final List<LineTouch> touches = new ArrayList<>(1);
    boolean writes;
    LineTouch lastTouch;
    /** The last store, unless an atomic operation follows it; else null. */
    LineTouch lastStore;
    /** The touch that most often fetches the line. */
    LineTouch fetch;
    /** The chance that one of the touches fetches the line. */
    double fetched;
    /** The chance that it leaves the line changed, and that it leaves it unchanged and its CPU has it alone. */
    double changed;

    double alone;
    /** Tasks per ns of all CPUs of the class, as of the last update. */
    double perNano;

    LineVisit(CpuClass.TaskClass taskClass, Station station) {
        this.taskClass = taskClass;
        this.station = station;
    }

    /** Adds its touches to the pipeline of the task, if that has one. */
    void addToPipeline(SharedLine line) {
        if (taskClass.pipeline != null) {
            touches.forEach(touch -> taskClass.pipeline.add(line, this, touch));
        }
    }

    /** Updates which touch fetches the line, and how often one of them does. */
    void updateFetch() {
        fetch = fetch == null ? touches.get(0) : fetch;
        double kept = 1;
        for (LineTouch touch : touches) {
            kept *= 1 - touch.usuallyServed;
            fetch = touch.usuallyServed > CLEARLY * fetch.usuallyServed ? touch : fetch;
        }
        fetched = 1 - kept;
    }

    /** {@return the time from the service of a touch to the end of the task; from its begin when it is a store} */
    double tailNanos(LineTouch touch) {
        double tail = taskClass.busyNanos - taskClass.offsetNanos[touch.step];
        return Math.max(0, touch.isStore() ? tail : tail - taskClass.stallNanos[touch.step]);
    }

    void add(LineTouch touch) {
        touches.add(touch);
        lastTouch = touch;
        if (touch.isStore()) {
            lastStore = touch;
        } else if (touch.writes) {
            lastStore = null;
        }
        if (touch.writes) {
            writes = true;
        }
    }
}
