package recorded;

/** Two threads that take turns and count how often each looks whether it is its turn. Prints the sum. */
public final class Turns {

    private static final int EACH = 40;

    private volatile int turn;

    private Turns() {}

    private int take(int own) {
        int looks = 1;
        for (int i = 0; i < EACH; i++) {
            looks += await(own);
            turn = 1 - own;
        }
        return looks - 1;
    }

    private int await(int own) {
        int looks = 1;
        while (turn != own) {
            looks++;
            Thread.onSpinWait();
            Thread.yield();
        }
        return looks;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Turns turns = new Turns();
        int[] looks = new int[2];
        Thread first = new Thread(() -> looks[0] = turns.take(0), "first");
        Thread second = new Thread(() -> looks[1] = turns.take(1), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println(looks[0] + looks[1]);
    }
}
