package dev.faultline.source.jvm;

import jdk.jfr.Event;

/**
 * Classes to be surveyed with the others of the class path: Flight Recorder adds two fields to most events, each in its
 * own class, and none to one that has them.
 */
final class FlightRecorderEvents {

    private FlightRecorderEvents() {}

    static class Plain extends Event {
        int n;
        long total;
    }

    static class Derived extends Plain {
        int m;
    }

    abstract static class Abstract extends Event {
        int n;
    }

    static class Stamped extends Abstract {
        int n;
        long duration;
    }
}
