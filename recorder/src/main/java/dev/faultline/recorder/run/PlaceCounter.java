package dev.faultline.recorder.run;

/**
 * How often one thread did one thing, at one place in the code and in one operation, to one element of an array or to
 * one offset of a block. Only its thread writes.
 */
final class PlaceCounter {

    /** About how many bytes one takes, with what it refers to. */
    static final int BYTES = 128;

    private static final int SAMPLED_EACH = 64;
    private static final int SAMPLED_ONE_IN = 61;

    /** What the row is named by. */
    final String type;
    /** The index of the element or the offset in bytes; -1 for all that are not told apart. */
    final long position;

    final boolean isInBlock;
    final int method;
    final int site;
    final SeenObjects objects = SeenObjects.ofCounter();
    long count;
    /** The widest access, in bytes; 0 for an element. */
    int bytes;

    private long nextSample;
    private int samples;

    PlaceCounter(String type, long position, boolean isInBlock, int method, int site) {
        this.type = type;
        this.position = position;
        this.isInBlock = isInBlock;
        this.method = method;
        this.site = site;
    }

    /** Counts one access of an array or a block with an identity. */
    void count(int identity) {
        if (++count > nextSample) {
            samples++;
            nextSample = count + (samples < SAMPLED_EACH ? 0 : SAMPLED_ONE_IN - 1);
            objects.addApart(identity);
        }
    }
}
