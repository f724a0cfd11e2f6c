package dev.faultline.offheap.interleave;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** A thread that runs the bodies of scenario threads, one after the other; kept for the next exploration. */
final class Worker extends Thread {

    private static final Deque<Worker> IDLE = new ArrayDeque<>();

    private Run.Actor actor;
    private volatile boolean turn;
    private volatile boolean stuck;

    private Worker() {
        super("interleavings");
        setDaemon(true);
    }

    static Worker take() {
        synchronized (IDLE) {
            if (!IDLE.isEmpty()) {
                return IDLE.pop();
            }
        }
        Worker made = new Worker();
        made.start();
        return made;
    }

    void giveBack() {
        actor = null;
        if (!stuck) {
            synchronized (IDLE) {
                IDLE.push(this);
            }
        }
    }

    /** {@return the run in which the calling thread makes steps, or null} */
    static Run.Actor current() {
        return Thread.currentThread() instanceof Worker worker ? worker.actor : null;
    }

    void assign(Run.Actor part) {
        actor = part;
    }

    void setStuck() {
        stuck = true;
        interrupt();
    }

    void giveTurn() {
        turn = true;
        LockSupport.unpark(this);
    }

    void awaitTurn() {
        while (!turn) {
            LockSupport.park(this);
        }
        turn = false;
    }

    @Override
    public void run() {
        while (!stuck) {
            awaitTurn();
            actor.play();
        }
    }
}
