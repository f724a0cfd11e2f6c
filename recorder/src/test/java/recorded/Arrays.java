package recorded;

/** Threads that touch elements of arrays, and know how often. */
public final class Arrays {

    static final int TURNS = 3000;
    private static final int MANY = 65;

    private Arrays() {}

    static final class Counters {
        final long[] slots = new long[8];
        int[] bits = new int[64];
        short[][] grid = new short[2][2];
        Object[] held = {null, this};
        static double[] shares = new double[3];

        void add(int own) {
            for (int i = 0; i < TURNS; i++) {
                slots[own]++;
            }
        }

        void each() {
            for (int i = 0; i < bits.length; i++) {
                bits[i] = bits[(i + 1) % bits.length] + 1;
            }
        }

        void rest() {
            grid[1][0] = 3;
            held[0] = held[1];
            shares[2] = shares[2] * 2 + 1;
            try {
                bits[64] = 1;
            } catch (ArrayIndexOutOfBoundsException expected) {
                bits[63] = 1;
            }
            try {
                int[] none = bits.length > 0 ? null : bits;
                none[0] = 1;
            } catch (NullPointerException expected) {
                slots[7] = -1;
            }
        }
    }

    private static long local(int elements) {
        byte[] own = new byte[elements];
        for (int i = 0; i < elements; i++) {
            own[i] = (byte) i;
        }
        return own[elements - 1];
    }

    public static void main(String[] arguments) throws InterruptedException {
        Counters counters = new Counters();
        run("adder-1", () -> counters.add(1));
        run("adder-2", () -> counters.add(3));
        run("each", counters::each);
        run("rest", counters::rest);
        run("many", () -> local(MANY));
        run("few", () -> local(MANY - 1));
        System.out.println(counters.slots[1] + " " + counters.slots[3] + " " + counters.bits[0] + " "
                + counters.held[0].equals(counters) + " " + Counters.shares[2]);
    }

    private static void run(String name, Runnable what) throws InterruptedException {
        Thread thread = new Thread(what, name);
        thread.start();
        thread.join();
    }
}
