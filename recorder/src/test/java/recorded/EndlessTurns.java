package recorded;

/** A program that has to be killed, in a loop that calls nothing. */
public final class EndlessTurns {

    private long turns;

    private EndlessTurns() {}

    private void turn() {
        while (turns >= 0) {
            turns = turns + 1 & Long.MAX_VALUE;
        }
    }

    public static void main(String[] arguments) {
        new EndlessTurns().turn();
    }
}
