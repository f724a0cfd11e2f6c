package recorded;

/** What one method finds differs from call to call: the class of its object, the operation it is in, and the array. */
public final class Alternating {

    static final int TURNS = 1200;
    private static final int CELLS = 200;

    private Alternating() {}

    static class Base {
        int n;
        final int[] left = new int[CELLS];
        final int[] right = new int[CELLS];

        void bump() {
            n++;
        }

        void one() {
            bump();
        }

        void two() {
            bump();
        }

        void three() {
            bump();
            bump();
        }

        private static void add(int[] to, int index) {
            to[index]++;
        }

        void fill(int i) {
            add(left, i % CELLS);
            add(left, (i + 1) % CELLS);
            add(right, i % CELLS);
        }

        void fillLeft(int i) {
            add(left, i % CELLS);
        }
    }

    static final class Derived extends Base {}

    private static void work() {
        Base base = new Base();
        Base derived = new Derived();
        for (int i = 0; i < TURNS; i++) {
            Base some = i % 3 == 0 ? derived : base;
            some.one();
            some.two();
            some.three();
            base.fill(i);
            base.fillLeft(i);
        }
        System.out.println(base.n + derived.n + base.left[0] + base.right[1]);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Thread worker = new Thread(Alternating::work, "worker");
        worker.start();
        worker.join();
    }
}
