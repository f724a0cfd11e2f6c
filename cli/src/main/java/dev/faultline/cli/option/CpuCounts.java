package dev.faultline.cli.option;

import dev.faultline.cost.simulate.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.TypeConversionException;

/**
 * Numbers of CPUs: {@code 1,2,8,56}, with ranges {@code 1-4} and an ellipsis that continues a series:
 * {@code 1,2,4,...,112} doubles, {@code 10,20,...,100} adds 10.
 *
 * @param counts in rising order, each once, at least one
 */
public record CpuCounts(List<Integer> counts) {

    private static final int MOST_LISTED = 4 * Simulator.MOST_CPUS;
    private static final int MOST_POINTS = 128;
    private static final int MOST_DIGITS = 9;

    public CpuCounts {
        counts = List.copyOf(counts);
    }

    /** {@return the powers of two below a number of CPUs, and that number} */
    public static CpuCounts upTo(int cpus) {
        TreeSet<Integer> counts = new TreeSet<>();
        for (int count = 1; count < cpus; count *= 2) {
            counts.add(count);
        }
        counts.add(cpus);
        return new CpuCounts(List.copyOf(counts));
    }

    /** {@return the numbers a text stands for} */
    public static CpuCounts parse(String text) {
        String[] words = text.replace("\u2026", "...").split(",", -1);
        List<Integer> listed = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String word = words[i].strip();
            if (word.equals("...")) {
                continueTo(listed, i + 1 < words.length ? number(words[i + 1].strip(), text) : -1, text);
            } else if (word.matches("\\d+-\\d+")) {
                int dash = word.indexOf('-');
                int from = number(word.substring(0, dash), text);
                int to = number(word.substring(dash + 1), text);
                if (from > to) {
                    throw wrong("a range goes up", word);
                }
                for (int count = from; count <= to; count++) {
                    listed.add(count);
                }
            } else {
                listed.add(number(word, text));
            }
            if (listed.size() > MOST_LISTED) { // one range repeated many times
                throw wrong("at most " + MOST_POINTS + " numbers", word);
            }
        }
        TreeSet<Integer> counts = new TreeSet<>(listed);
        if (counts.size() > MOST_POINTS) {
            throw wrong("at most " + MOST_POINTS + " numbers", text);
        }
        return new CpuCounts(List.copyOf(counts));
    }

    /**
     * Continues up to the number after the ellipsis: by the difference of the last three when they are evenly spaced,
     * else by the ratio of the last two when it is whole, else by their difference.
     */
    private static void continueTo(List<Integer> listed, int end, String text) {
        if (listed.size() < 2 || end < 0) {
            throw wrong("an ellipsis stands between two numbers and a last one, as in 1,2,4,...,112", text);
        }
        int last = listed.get(listed.size() - 1);
        int before = listed.get(listed.size() - 2);
        if (before >= last) {
            throw wrong("rising numbers before an ellipsis", text);
        }
        boolean even = listed.size() > 2 && before - listed.get(listed.size() - 3) == last - before;
        boolean ratio = !even && last % before == 0;
        long next = ratio ? (long) last * (last / before) : 2L * last - before;
        while (next < end) {
            listed.add((int) next);
            next = ratio ? next * (last / before) : next + last - before;
        }
    }

    private static int number(String word, String text) {
        if (!word.matches("\\d+")) {
            throw wrong("numbers of CPUs, such as 1,2,4,...,112", text);
        }
        if (word.length() > MOST_DIGITS || Integer.parseInt(word) < 1 || Integer.parseInt(word) > Simulator.MOST_CPUS) {
            throw wrong("numbers from 1 to " + Simulator.MOST_CPUS, word);
        }
        return Integer.parseInt(word);
    }

    private static TypeConversionException wrong(String expected, String got) {
        return new TypeConversionException("expected " + expected + ", got '" + got + "'");
    }
}
