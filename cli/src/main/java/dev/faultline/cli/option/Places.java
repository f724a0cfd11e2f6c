package dev.faultline.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.TypeConversionException;

/**
 * Where byte 0 of a struct may be: {@code all}, {@code aligned}, or byte offsets from the start of a line,
 * {@code 0,8,56}.
 *
 * @param residues the offsets, in rising order, each once; empty for all there are
 */
public record Places(List<Long> residues) {

    private static final int MOST = 64;
    private static final int MOST_DIGITS = 4;

    public Places {
        residues = List.copyOf(residues);
    }

    /** {@return whether every place is meant that the allocator can choose} */
    public boolean areAll() {
        return residues.isEmpty();
    }

    /** {@return the places a text stands for} */
    static Places parse(String text) {
        if (text.equals("all")) {
            return new Places(List.of());
        }
        if (text.equals("aligned")) {
            return new Places(List.of(0L));
        }
        TreeSet<Long> residues = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            if (!word.matches("\\d{1," + MOST_DIGITS + "}")) {
                throw new TypeConversionException(
                        "expected all, aligned, or bytes from the start of a line such as 0,8,56, got '" + text + "'");
            }
            residues.add(Long.parseLong(word));
        }
        if (residues.size() > MOST) {
            throw new TypeConversionException("expected at most " + MOST + " places, got " + residues.size());
        }
        return new Places(new ArrayList<>(residues));
    }
}
