package dev.faultline.bench.layout.loop;

import dev.faultline.access.AccessKind;

/**
 * One access of a script.
 *
 * @param kind the kind of access
 * @param byteSize size of the word: 1, 2, 4 or 8; at least 4 when it is changed atomically
 * @param byteOffset offset in the block, a multiple of the size
 * @param gapNanos ns of computation before it, not negative
 * @param overlaps whether it depends on what the access before it depends on, and not on that access
 */
public record ScriptedAccess(AccessKind kind, int byteSize, long byteOffset, double gapNanos, boolean overlaps) {

    private static final String OVERLAPS = ":overlaps";

    /** Creates an access that depends on the one before it. */
    public ScriptedAccess(AccessKind kind, int byteSize, long byteOffset, double gapNanos) {
        this(kind, byteSize, byteOffset, gapNanos, false);
    }

    public ScriptedAccess {
        if (Integer.bitCount(byteSize) != 1 || byteSize < (kind.isAtomicUpdate() ? 4 : 1) || byteSize > 8) {
            throw new IllegalArgumentException(kind.word() + " of " + byteSize + " bytes");
        }
        if (byteOffset < 0 || byteOffset % byteSize != 0) {
            throw new IllegalArgumentException(byteSize + " bytes at byte " + byteOffset + ", which is no multiple");
        }
        if (!(gapNanos >= 0 && gapNanos <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("gap of " + gapNanos + " ns");
        }
    }

    /** {@return the access as a word: {@code "20.0:read:4@64"}, with {@code :overlaps} at the end where it does} */
    String text() {
        return gapNanos + ":" + kind.word() + ":" + byteSize + "@" + byteOffset + (overlaps ? OVERLAPS : "");
    }

    /** {@return the access that a word says} */
    static ScriptedAccess parse(String text) {
        boolean overlaps = text.endsWith(OVERLAPS);
        String[] parts = (overlaps ? text.substring(0, text.length() - OVERLAPS.length()) : text).split("[:@]");
        if (parts.length != 4) {
            throw new IllegalArgumentException("no access: " + text);
        }
        AccessKind kind =
                AccessKind.of(parts[1]).orElseThrow(() -> new IllegalArgumentException("no kind: " + parts[1]));
        return new ScriptedAccess(
                kind, Integer.parseInt(parts[2]), Long.parseLong(parts[3]), Double.parseDouble(parts[0]), overlaps);
    }
}
