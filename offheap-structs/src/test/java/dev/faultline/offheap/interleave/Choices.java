package dev.faultline.offheap.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses the thread that runs next. Sets of threads are bit masks. */
interface Choices {

    /** {@return one of {@code threads}; {@code current} ran last} */
    int choose(int threads, int current);

    /** {@return the threads that were tried before in place of the one just chosen} */
    int triedBefore();

    /** Chooses at random. */
    final class Drawn implements Choices {

        private final SplittableRandom random;

        Drawn(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public int choose(int threads, int current) {
            int left = threads;
            for (int skip = random.nextInt(Integer.bitCount(threads)); skip > 0; skip--) {
                left &= left - 1;
            }
            return Integer.numberOfTrailingZeros(left);
        }

        @Override
        public int triedBefore() {
            return 0;
        }
    }

    /** Repeats the choices of the previous run, up to the last one with an alternative that was not tried. */
    final class DepthFirst implements Choices {

        private static final class Fork {

            private final int threads;
            private int tried;
            private int chosen;

            Fork(int threads, int chosen) {
                this.threads = threads;
                this.chosen = chosen;
            }

            boolean next() {
                tried |= 1 << chosen;
                chosen = Integer.numberOfTrailingZeros(threads & ~tried);
                return (threads & ~tried) != 0;
            }
        }

        private final List<Fork> forks = new ArrayList<>();
        private int depth;
        private int triedBefore;

        /** Starts the next run. */
        void again() {
            depth = 0;
        }

        /** {@return whether there is another schedule to try} */
        boolean next() {
            while (!forks.isEmpty() && !forks.get(forks.size() - 1).next()) {
                forks.remove(forks.size() - 1);
            }
            return !forks.isEmpty();
        }

        @Override
        public int choose(int threads, int current) {
            triedBefore = 0;
            if (Integer.bitCount(threads) == 1) {
                return Integer.numberOfTrailingZeros(threads);
            }
            if (depth == forks.size()) {
                boolean stays = (threads >>> current & 1) == 1; // the same thread continues, without a switch
                forks.add(new Fork(threads, stays ? current : Integer.numberOfTrailingZeros(threads)));
            }
            Fork fork = forks.get(depth++);
            if (fork.threads != threads) {
                throw new IllegalStateException("the scenario does something else when it is made again");
            }
            triedBefore = fork.tried;
            return fork.chosen;
        }

        @Override
        public int triedBefore() {
            return triedBefore;
        }
    }
}
