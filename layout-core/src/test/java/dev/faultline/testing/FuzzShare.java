package dev.faultline.testing;

import java.util.Arrays;
import java.util.Locale;

/**
 * Everything that is fuzzed, and how much of the whole each gets. Time is spread by how much there is to go wrong;
 * cases, of a run
 * by count, by how fast they are, so that all readers take about as long.
 */
public enum FuzzShare {
    /** Raw BTF. */
    BTF(60, 80),
    /** ELF files with BTF. */
    ELF(30, 10),
    /** Compressed and relocated sections, symbols and archives. */
    SECTION(20, 80),
    /** DWARF in ELF files. */
    DWARF(80, 80),
    /** Class files. */
    CLASS(40, 40),
    /** The code of class files. */
    CODE(40, 60),
    /** Texts of LLVM IR. */
    LLVM(30, 20),
    /** Schemas of Simple Binary Encoding. */
    SBE(20, 20),
    /** Jars. */
    JAR(45, 8),
    /** Directories of class files. */
    CLASSES(30, 2),
    /** pahole's text and C declarations. */
    NOTATION(60, 60),
    /** Profiles. */
    PROFILE(50, 12),
    /** Access files. */
    ACCESS(20, 40),
    /** What profilers print. */
    PROFILER(40, 30),
    /** Machine files. */
    MACHINE(40, 30),
    /** Contracts. */
    CONTRACT(50, 50),
    /** Baselines. */
    BASELINE(30, 50),
    /** YAML, before anybody asks what it says. */
    YAML(40, 80),
    /** The kernel's net_cachelines tables. */
    TABLE(40, 60),
    /** C source that a suggestion is a diff of. */
    SOURCE(40, 30),
    /** Patterns of names. */
    PATTERN(40, 80),
    /** Files of which nothing is known. */
    DETECT(40, 6),
    /** Values of options, and references to structs. */
    OPTION(40, 70),
    /** Whole runs of the program. */
    PROGRAM(75, 2);

    /** What the shares of all add up to. */
    private static final int WHOLE = 1000;

    private final int time;
    private final int cases;

    FuzzShare(int time, int cases) {
        this.time = time;
        this.cases = cases;
    }

    /** {@return the name of its corpus, and of it in what is printed} */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return its part of a time} */
    long ofTime(long nanos) {
        return nanos / WHOLE * time;
    }

    /** {@return its part of a number of cases} */
    long ofCases(long count) {
        return Math.max(1, count * cases / WHOLE);
    }

    static {
        int times = Arrays.stream(values()).mapToInt(share -> share.time).sum();
        int counts = Arrays.stream(values()).mapToInt(share -> share.cases).sum();
        if (times != WHOLE || counts != WHOLE) {
            throw new IllegalStateException("shares of time " + times + ", of cases " + counts + ", not " + WHOLE);
        }
    }
}
