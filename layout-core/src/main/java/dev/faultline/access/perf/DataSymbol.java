package dev.faultline.access.perf;

/**
 * A variable and an offset in it, as perf prints them: {@code buf1+0x20}, {@code Foo<int, long>::all+0x8 (/usr/bin/x)}.
 *
 * @param name the variable; empty when it is not known
 * @param byteOffset the offset; -1 when it is not told
 */
record DataSymbol(String name, long byteOffset) {

    /** Offsets larger than this are addresses of which something else was subtracted. */
    private static final long MOST_OFFSET = 1L << 32;

    static DataSymbol of(String text) {
        String plain = text.strip();
        for (String mark : new String[] {"[.] ", "[k] ", "[u] ", "[g] ", "[H] "}) {
            plain = plain.startsWith(mark) ? plain.substring(mark.length()).strip() : plain;
        }
        int dso = plain.endsWith(")") ? plain.lastIndexOf(" (") : -1;
        plain = dso > 0 ? plain.substring(0, dso).strip() : plain;
        int plus = plain.lastIndexOf("+0x");
        long offset = plus > 0 ? ProfilerLines.address(plain.substring(plus + 1)) : -1;
        String name = plus > 0 ? plain.substring(0, plus) : plain;
        boolean isUnknown = name.isEmpty()
                || name.startsWith("[unknown")
                || name.startsWith("0x")
                || name.startsWith("[")
                || ProfilerLines.isHex(name, 8);
        return isUnknown
                ? new DataSymbol("", -1)
                : new DataSymbol(name, offset < 0 || offset > MOST_OFFSET ? -1 : offset);
    }
}
