package dev.faultline.bench.layout.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What threads do to a block of memory. A fork gets it as text.
 *
 * @param blockBytes size of the block
 * @param plays the operations; at most {@link #MOST_PLAYS}
 * @param parts for each thread, its operations with their rates
 * @param object the object on the heap that it is played on; empty when it is played on a block
 */
public record AccessScript(long blockBytes, List<Play> plays, List<List<Turn>> parts, Optional<HeapObject> object) {

    /** As many as keep the switch over them below 8000 bytes: the VM does not compile longer methods. */
    public static final int MOST_PLAYS = 500;

    /** Turns of a thread until it starts over. An operation that is rarer than once in them is not played. */
    public static final int TURNS = 4096;

    /** The most bytes of a block: more than any benchmark of sharing needs, and a bound for wrong input. */
    public static final long MOST_BYTES = 64L << 20;

    /**
     * An operation.
     *
     * @param row the number of the row its time is charged to, at least 1
     * @param accesses in order, at least one
     */
    public record Play(int row, List<ScriptedAccess> accesses) {
        public Play {
            accesses = List.copyOf(accesses);
            if (row < 1 || accesses.isEmpty()) {
                throw new IllegalArgumentException("row " + row + ", " + accesses.size() + " accesses");
            }
        }
    }

    /**
     * How often a thread does an operation.
     *
     * @param play the number of the operation, from 0
     * @param rate how often, relative to the other turns of the thread; above 0
     */
    public record Turn(int play, double rate) {
        public Turn {
            if (!(rate > 0 && rate <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("rate " + rate);
            }
        }
    }

    /** A script that is played on a block. */
    public AccessScript(long blockBytes, List<Play> plays, List<List<Turn>> parts) {
        this(blockBytes, plays, parts, Optional.empty());
    }

    public AccessScript {
        Objects.requireNonNull(object);
        if (blockBytes < 1 || blockBytes > MOST_BYTES) {
            throw new IllegalArgumentException("a block of " + blockBytes + " bytes, expected 1 to " + MOST_BYTES);
        }
        plays = List.copyOf(plays);
        parts = parts.stream().map(List::copyOf).toList();
        if (plays.size() > MOST_PLAYS || parts.isEmpty() || parts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(plays.size() + " plays, parts " + parts);
        }
        for (Play play : plays) {
            for (ScriptedAccess access : play.accesses()) {
                Objects.checkFromIndexSize(access.byteOffset(), access.byteSize(), blockBytes);
                if (object.isPresent() && !object.get().allows(access)) {
                    throw new IllegalArgumentException("no field at " + access.text());
                }
            }
        }
        for (List<Turn> part : parts) {
            for (Turn turn : part) {
                Objects.checkIndex(turn.play(), plays.size());
            }
        }
    }

    /** {@return a script in which each operation does its accesses this many times, so that calling it counts less} */
    public AccessScript unrolled(int times) {
        List<Play> repeated = plays.stream()
                .map(play -> new Play(
                        play.row(),
                        Collections.nCopies(times, play.accesses()).stream()
                                .flatMap(List::stream)
                                .toList()))
                .toList();
        return new AccessScript(blockBytes, repeated, parts);
    }

    /** {@return the script as one line} */
    public String text() {
        StringBuilder text = new StringBuilder("block ").append(blockBytes);
        object.ifPresent(one -> text.append("; object ").append(one.text()));
        for (Play play : plays) {
            text.append("; play ").append(play.row());
            play.accesses().forEach(access -> text.append(' ').append(access.text()));
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
     * @throws IllegalArgumentException when it is no script
     */
    public static AccessScript parse(String text) {
        long bytes = 0;
        List<Play> plays = new ArrayList<>();
        List<List<Turn>> parts = new ArrayList<>();
        Optional<HeapObject> object = Optional.empty();
        for (String clause : text.split("; ")) {
            List<String> words = Arrays.asList(clause.split(" "));
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "block" -> bytes = Long.parseLong(rest.get(0));
                case "object" -> object = Optional.of(HeapObject.parse(rest));
                case "play" ->
                    plays.add(new Play(
                            Integer.parseInt(rest.get(0)),
                            rest.stream().skip(1).map(ScriptedAccess::parse).toList()));
                case "thread" -> parts.add(rest.stream().map(AccessScript::turn).toList());
                default -> throw new IllegalArgumentException("no script: " + clause);
            }
        }
        return new AccessScript(bytes, plays, parts, object);
    }

    private static Turn turn(String word) {
        int star = word.indexOf('*');
        return new Turn(Integer.parseInt(word.substring(0, star)), Double.parseDouble(word.substring(star + 1)));
    }
}
