package dev.faultline.machine;

/**
 * The number of placements in which something holds.
 *
 * @param sharing placements in which it holds, from 0 to {@code of}
 * @param of all placements, at least 1
 */
public record PlacementCount(int sharing, int of) {
    public PlacementCount {
        if (of < 1 || sharing < 0 || sharing > of) {
            throw new IllegalArgumentException("sharing=" + sharing + ", of=" + of);
        }
    }

    /** {@return whether it holds in every placement} */
    public boolean always() {
        return sharing == of;
    }

    /** {@return whether it holds in none} */
    public boolean never() {
        return sharing == 0;
    }

    /** {@return {@code "7 of 8 placements"}, or {@code "its only placement"} when there is one} */
    public String words() {
        return of == 1 ? "its only placement" : sharing + " of " + of + " placements";
    }
}
