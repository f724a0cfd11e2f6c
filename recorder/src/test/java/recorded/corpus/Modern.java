package recorded.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/** What compilers make of newer parts of the language. Prints one line a part. */
public final class Modern {

    private Modern() {}

    record Point(int x, int y) implements Comparable<Point> {
        static int made;

        Point {
            made++;
            if (x > 1000) {
                throw new IllegalArgumentException("x " + x);
            }
        }

        Point(int both) {
            this(both, both);
        }

        @Override
        public int compareTo(Point other) {
            return Integer.compare(x * y, other.x * other.y);
        }
    }

    sealed interface Shape permits Square, Circle {
        int area();

        default int twice() {
            return 2 * helper() + BASE.length;
        }

        private int helper() {
            return area() + count(3);
        }

        static int count(int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum += BASE[i % BASE.length];
            }
            return sum;
        }

        int[] BASE = {1, 2, 3};
    }

    static final class Square implements Shape {
        private int side;

        Square(int side) {
            this.side = side;
        }

        @Override
        public int area() {
            return side * side++;
        }
    }

    static non-sealed class Circle implements Shape {
        protected double radius = 2.5;

        @Override
        public int area() {
            return (int) (radius * radius * 3);
        }
    }

    enum Step implements IntSupplier {
        ONE {
            @Override
            public int getAsInt() {
                return hits++;
            }
        },
        TWO {
            @Override
            public int getAsInt() {
                return hits += 2;
            }
        };

        int hits;
    }

    final class Inner {
        private long secret = total;

        long mix() {
            total += secret;
            return total ^ this.secret++;
        }
    }

    private long total = 7;

    private long nestmates() {
        Inner one = new Inner();
        Inner two = new Inner();
        one.secret += two.secret;
        for (int i = 0; i < 2000; i++) {
            one.secret = one.secret * 31 + two.mix() % 17;
        }
        return one.secret ^ two.secret;
    }

    private static String handlers(int n) {
        StringBuilder out = new StringBuilder();
        int[] cells = new int[4];
        for (int i = -1; i < n; i++) {
            try {
                try {
                    cells[i] += 12 / (i - 2);
                } finally {
                    out.append(i);
                }
            } catch (ArithmeticException | ArrayIndexOutOfBoundsException expected) {
                out.append(expected.getClass().getSimpleName().charAt(1));
            }
        }
        return out.append(cells[0] + cells[1]).toString();
    }

    private static String words(Object thing) {
        String text = thing instanceof Point point && point.x > 2 ? "point " + point.y : "other";
        return switch (text) {
            case "other" -> "o" + thing;
            case "point 3" -> "p3";
            default -> {
                int length = text.length();
                yield text + length;
            }
        };
    }

    private static long synchronizedSum(Circle lock) {
        long sum = 0;
        for (int i = 0; i < 3000; i++) {
            synchronized (lock) {
                lock.radius += 0.5;
                sum += (long) lock.radius;
            }
        }
        return sum;
    }

    public static void main(String[] arguments) {
        List<Point> points = new ArrayList<>();
        for (int i = 5; i > 0; i--) {
            points.add(new Point(i));
        }
        points.sort(null);
        System.out.println(points + " " + points.get(0).equals(new Point(1, 1)) + " " + Point.made);
        Shape square = new Square(3);
        System.out.println(square.twice() + " " + square.area() + " " + new Circle().twice());
        Map<Step, Integer> steps = new EnumMap<>(Step.class);
        for (int i = 0; i < 3; i++) {
            for (Step step : Step.values()) {
                steps.merge(step, step.getAsInt(), Integer::sum);
            }
        }
        System.out.println(steps);
        System.out.println(new Modern().nestmates());
        System.out.println(handlers(6) + " " + words(new Point(3)) + " " + words(new Point(9)) + " " + words("x"));
        System.out.println(synchronizedSum(new Circle()));
        UnaryOperator<int[]> turned = cells -> new int[] {cells[1], cells[0]};
        System.out.println(turned.apply(new int[] {1, 2})[0]);
        try {
            System.out.println(new Point(2000));
        } catch (IllegalArgumentException expected) {
            System.out.println(expected.getMessage() + " " + Point.made);
        }
    }
}
