package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;

/** Words that make a count's algorithm wrong on purpose, to show that the tests notice. */
final class Altered {

    private Altered() {}

    /**
     * A shared count whose bias, one bit, is never set: {@code bias} is removed from every value that is added or
     * written.
     */
    static LongWord withoutBias(LongWord word, long bias) {
        return new Word(word) {
            @Override
            public void set(long value) {
                word.set(without(value));
            }

            @Override
            public long getAndAdd(long delta) {
                return word.getAndAdd(without(delta)) + without(delta) - delta; // what comes out is right
            }

            private long without(long number) {
                return !hasBias(number, bias) ? number : number < 0 == bias < 0 ? number - bias : number + bias;
            }
        };
    }

    /** A shared count to which the bias and the sum are added one after the other. */
    static LongWord inPieces(LongWord word, long bias) {
        return new Word(word) {
            @Override
            public long getAndAdd(long delta) {
                if (!hasBias(delta, bias)) {
                    return word.getAndAdd(delta);
                }
                word.getAndAdd(-bias);
                return word.getAndAdd(delta + bias) + bias; // what comes out is right
            }
        };
    }

    private static boolean hasBias(long number, long bias) {
        double times = Math.abs((double) number) / Math.abs((double) bias);
        return times > 0.5 && times < 1.5;
    }

    /** Counters in which two stripes share one word. */
    static LongWords shared(LongWords words) {
        return new LongWords() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public long get(int index) {
                return words.get(0);
            }

            @Override
            public void set(int index, long value) {
                words.set(0, value);
            }

            @Override
            public long getVolatile(int index) {
                return words.getVolatile(0);
            }

            @Override
            public void setVolatile(int index, long value) {
                words.setVolatile(0, value);
            }

            @Override
            public void setOrdered(int index, long value) {
                words.setOrdered(0, value);
            }

            @Override
            public long getAndAdd(int index, long delta) {
                return words.getAndAdd(0, delta);
            }

            @Override
            public boolean compareAndSet(int index, long expected, long value) {
                return words.compareAndSet(0, expected, value);
            }

            @Override
            public void setAll(int index, long[] from, int offset, int count) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void getAll(int index, long[] to, int offset, int count) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private abstract static class Word extends LongWord {

        private final LongWord word;

        Word(LongWord word) {
            this.word = word;
        }

        @Override
        public long get() {
            return word.get();
        }

        @Override
        public void set(long value) {
            word.set(value);
        }

        @Override
        public long getVolatile() {
            return word.getVolatile();
        }

        @Override
        public void setVolatile(long value) {
            word.setVolatile(value);
        }

        @Override
        public void setOrdered(long value) {
            word.setOrdered(value);
        }

        @Override
        public boolean compareAndSet(long expected, long value) {
            return word.compareAndSet(expected, value);
        }
    }
}
