package dev.faultline.recorder.run;

import java.util.Arrays;
import java.util.function.Consumer;

/** The elements of arrays and the memory off the heap that one thread reaches by calls. */
final class ThreadPlaces {

    private SitePlaces[] bySite = new SitePlaces[0];
    /** How many accesses were of memory that no recorded class is known to have allocated. */
    long unknown;

    SitePlaces at(int site) {
        SitePlaces[] known = bySite;
        SitePlaces places = site < known.length ? known[site] : null;
        return places != null ? places : make(site);
    }

    private synchronized SitePlaces make(int site) {
        SitePlaces[] table = bySite;
        if (site >= table.length) {
            table = Arrays.copyOf(table, Math.max(site + 1, table.length * 2));
        }
        if (table[site] == null) {
            table[site] = new SitePlaces(site);
        }
        bySite = table;
        return table[site];
    }

    /**
     * Tells what was counted. Of a group in which not everything is told apart, what is less than a 64th of the whole is
     * not told apart either: which elements came first says nothing.
     *
     * @param told gets each counter
     * @param rest gets each counter of what is not told apart
     */
    void tell(Consumer<PlaceCounter> told, Consumer<PlaceCounter> rest) {
        for (SitePlaces site : bySite) {
            if (site != null) {
                site.groups().forEach(group -> tell(group, told, rest));
            }
        }
    }

    private static void tell(SitePlaces.Group group, Consumer<PlaceCounter> told, Consumer<PlaceCounter> rest) {
        PlaceCounter others = group.rest;
        if (others == null || others.count == 0) {
            group.toldApart().forEach(told);
            return;
        }
        long all = others.count;
        for (PlaceCounter one : group.toldApart()) {
            all += one.count;
        }
        for (PlaceCounter one : group.toldApart()) {
            (one.count >= all / ArrayNames.MOST_TOLD_APART ? told : rest).accept(one);
        }
        rest.accept(others);
    }
}
