package dev.faultline.offheap.bench.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What threads do to a block of memory. It goes to a fork as text.
 *
 * @param blockBytes size of the block
 * @param plays what is done, each at once; at most {@link #MOST_PLAYS}
 * @param parts for each thread, what it does how often
 */
public record Script(long blockBytes, List<Play> plays, List<List<Turn>> parts) {

    /** So many that the switch over them is still compiled: the VM interprets methods of more than 8000 bytes. */
    public static final int MOST_PLAYS = 500;

    /** Turns of a thread until it begins anew. What is done less often than that does not come up. */
    public static final int TURNS = 4096;

    /** The most bytes of a block: no benchmark of sharing needs more, and a wrong number is not to take the memory. */
    public static final long MOST_BYTES = 64L << 20;

    /**
     * Something that is done at once.
     *
     * @param row number of the row its time is charged to, at least 1
     * @param touches in order, at least one
     */
    public record Play(int row, List<Touch> touches) {
        /** Refuses nothing to do. */
        public Play {
            touches = List.copyOf(touches);
            if (row < 1 || touches.isEmpty()) {
                throw new IllegalArgumentException("row " + row + ", " + touches.size() + " touches");
            }
        }
    }

    /**
     * How often a thread does something.
     *
     * @param play which, from 0
     * @param rate how often, against the other turns of the thread; above 0
     */
    public record Turn(int play, double rate) {
        /** Refuses a rate that is none. */
        public Turn {
            if (!(rate > 0 && rate <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("rate " + rate);
            }
        }
    }

    /** Refuses a touch outside the block, before anybody touches it, and threads with nothing to do. */
    public Script {
        if (blockBytes < 1 || blockBytes > MOST_BYTES) {
            throw new IllegalArgumentException("a block of " + blockBytes + " bytes, expected 1 to " + MOST_BYTES);
        }
        plays = List.copyOf(plays);
        parts = parts.stream().map(List::copyOf).toList();
        if (plays.size() > MOST_PLAYS || parts.isEmpty() || parts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(plays.size() + " plays, parts " + parts);
        }
        for (Play play : plays) {
            for (Touch touch : play.touches()) {
                Objects.checkFromIndexSize(touch.byteOffset(), touch.byteSize(), blockBytes);
            }
        }
        for (List<Turn> part : parts) {
            for (Turn turn : part) {
                Objects.checkIndex(turn.play(), plays.size());
            }
        }
    }

    /** {@return the script as one line} */
    public String text() {
        StringBuilder text = new StringBuilder("block ").append(blockBytes);
        for (Play play : plays) {
            text.append("; play ").append(play.row());
            play.touches().forEach(touch -> text.append(' ').append(touch.text()));
        }
        for (List<Turn> part : parts) {
            text.append("; thread ")
                    .append(part.stream()
                            .map(turn -> turn.play() + "*" + turn.rate())
                            .collect(Collectors.joining(" ")));
        }
        return text.toString();
    }

    /**
     * Reads a line.
     *
     * @param text as {@link #text} gives it
     * @return the script
     * @throws IllegalArgumentException when it is none
     */
    public static Script parse(String text) {
        long bytes = 0;
        List<Play> plays = new ArrayList<>();
        List<List<Turn>> parts = new ArrayList<>();
        for (String clause : text.split("; ")) {
            List<String> words = Arrays.asList(clause.split(" "));
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "block" -> bytes = Long.parseLong(rest.get(0));
                case "play" ->
                    plays.add(new Play(
                            Integer.parseInt(rest.get(0)),
                            rest.stream().skip(1).map(Touch::parse).toList()));
                case "thread" -> parts.add(rest.stream().map(Script::turn).toList());
                default -> throw new IllegalArgumentException("no script: " + clause);
            }
        }
        return new Script(bytes, plays, parts);
    }

    private static Turn turn(String word) {
        int star = word.indexOf('*');
        return new Turn(Integer.parseInt(word.substring(0, star)), Double.parseDouble(word.substring(star + 1)));
    }
}
