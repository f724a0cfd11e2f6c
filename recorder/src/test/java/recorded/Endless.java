package recorded;

/** A program that has to be killed. */
public final class Endless {

    volatile long turns;

    private Endless() {}

    public static void main(String[] arguments) throws InterruptedException {
        Endless endless = new Endless();
        while (true) {
            endless.turns = endless.turns + 1;
            Thread.sleep(1);
        }
    }
}
