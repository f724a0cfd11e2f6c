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

    /** {@return {@code " in 7 of 8 placements"} or {@code " in all 8 placements"}; nothing when there is only one} */
    public String phrase() {
        return of == 1
                ? ""
                : always() ? " in all " + of + " placements" : " in " + sharing + " of " + of + " placements";
    }
}
