package recorded;

/** Methods that call no other ones, or only small ones, and leave in several ways. One thread calls them. */
public final class SmallMethods {

    static final int TURNS = 1200;

    private SmallMethods() {}

    static final class Box {
        static int s;

        int a;
        int b;
        int c;
        final int[] cells = new int[3];

        int getA() {
            return a;
        }

        int branch(int i) {
            if ((i & 1) == 0) {
                a++;
            } else {
                b++;
            }
            return c;
        }

        int fails(int i) {
            a = i;
            int cell = cells[i % 4];
            b = i;
            return cell;
        }

        void both(Box other, int i) {
            other.a = i;
            if (i % 3 == 0) {
                other.b = i;
            }
            a = i;
        }

        int caught(int i) {
            try {
                a = i;
                c = 10 / (i % 2);
            } catch (ArithmeticException zero) {
                b = i;
            }
            return a;
        }

        int outer(int i) {
            b = getA() + i;
            return branch(i);
        }

        static int statics(int i) {
            s = i;
            if (i % 2 == 0) {
                s++;
            }
            return s;
        }

        int loops(int i) {
            a = i;
            for (int j = 0; j < 3; j++) {
                b += j;
            }
            return c;
        }
    }

    private static int turn(Box box, Box other, int i) {
        int sum = box.getA() + box.branch(i) + box.caught(i) + box.outer(i) + Box.statics(i) + box.loops(i);
        try {
            sum += box.fails(i);
        } catch (ArrayIndexOutOfBoundsException expected) {
            sum++;
        }
        try {
            box.both(i % 5 == 0 ? null : other, i);
        } catch (NullPointerException expected) {
            sum++;
        }
        return sum;
    }

    private static void work() {
        Box box = new Box();
        Box other = new Box();
        int sum = 0;
        for (int i = 0; i < TURNS; i++) {
            sum += turn(box, other, i);
        }
        System.out.println(sum);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Thread worker = new Thread(SmallMethods::work, "worker");
        worker.start();
        worker.join();
    }
}
