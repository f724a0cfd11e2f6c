package dev.faultline.recorder.run;

import java.util.Arrays;

/**
 * The counters of one thread for one method, called in one operation, of objects of one class. A method looks its own
 * up when it begins and keeps them in a variable, so that counting needs no further search.
 *
 * <p>Accesses of {@code this} and of static fields are counted down in cells, from how many there are until the next
 * one that tells its object; the first ones find a cell of 0 and go on in {@link #count(Object, int, int)}.
 */
public final class MethodCounters {

    /** How many cells there are. */
    public static final int CELLS = 8;
    /** How many places of elements have a cell each. */
    public static final int ELEMENT_CELLS = 4;

    /** About how many bytes one takes, but for what depends on the number of its places. */
    static final int BYTES = 240;

    private static final SitePlaces[] NO_PLACES = {};
    private static final AccessCounter[] NO_COUNTERS = {};
    private static final ElementCounter[] NO_ELEMENTS = {};
    private static final int[] NO_SITES = {};

    /** Keeps, with what is seldom written, other objects off the lines of the cells. */
    long before1;

    long before2;
    long before3;

    /** What they are found by: a number of the thread and the method. */
    final long key;
    /** The operation that the thread was in before the method, as {@link ThreadCounters#operation} has it. */
    final long before;
    /** The operation that it is in meanwhile. */
    final long operation;

    /** Goes into the gap behind the header of the object. */
    int gap;

    int cell0;
    int cell1;
    int cell2;
    int cell3;
    int cell4;
    int cell5;
    int cell6;
    int cell7;

    /** Of places of elements: the identity of the array that was found last, and how many accesses of it are left. */
    int array0;

    int array1;
    int array2;
    int array3;
    int left0;
    int left1;
    int left2;
    int left3;

    /** The number of the method. */
    final int method;

    /** Keeps, with what is seldom written, other objects off the lines of the cells. */
    int after1;

    int after2;
    int after3;
    int after4;
    int after5;

    final ThreadCounters counters;
    /** The class of {@code this}; null where it does not matter. */
    final Class<?> self;
    /** The numbers of the places in the method, which count in the order in which they are in its code. */
    final int[] sites;
    /** By place, the counter that was found last; shorter where none was found yet. */
    private AccessCounter[] found = NO_COUNTERS;
    /** The same for places of elements. */
    private ElementCounter[] elements = NO_ELEMENTS;
    /** By cell of a place of elements, the counter that it is of; empty until the first one. */
    private ElementCounter[] inCell = NO_ELEMENTS;
    /** Those of the same method that were found last when these were not meant. */
    MethodCounters otherFound;

    /** By cell; ends with the last one that has been used. */
    private volatile AccessCounter[] own = NO_COUNTERS;
    /** By place, what is reached there by calls. */
    private volatile SitePlaces[] places = NO_PLACES;

    MethodCounters(ThreadCounters counters, long key, int method, Class<?> self) {
        this.counters = counters;
        this.key = key;
        this.method = method;
        this.self = self;
        before = counters.operation;
        operation = counters.operationOf(method);
        sites = CodePlaces.sitesOf(method);
    }

    private MethodCounters(ThreadCounters counters) {
        this.counters = counters;
        key = ThreadCounters.NO_KEY;
        method = 0;
        self = null;
        before = counters.operation;
        operation = counters.operation;
        sites = NO_SITES;
    }

    /** {@return counters for any method, which have no places, so that what is counted by them fails} */
    static MethodCounters spare(ThreadCounters counters) {
        return new MethodCounters(counters);
    }

    /** {@return the counter that was found last at a place; null when none was} */
    AccessCounter found(int place) {
        AccessCounter[] all = found;
        return place < all.length ? all[place] : null;
    }

    void find(int place, AccessCounter counter) {
        AccessCounter[] all = found;
        if (all.length == 0) {
            all = new AccessCounter[sites.length];
            found = all;
        }
        all[place] = counter;
    }

    /** {@return the counter of elements that was found last at a place; null when none was} */
    ElementCounter elements(int place) {
        ElementCounter[] all = elements;
        return place < all.length ? all[place] : null;
    }

    void find(int place, ElementCounter counter) {
        ElementCounter[] all = elements;
        if (all.length == 0) {
            all = new ElementCounter[sites.length];
            elements = all;
        }
        all[place] = counter;
    }

    /** {@return the method that accesses are counted for; 0 for the one that they are in} */
    int operationMethod() {
        return (int) operation;
    }

    /**
     * Counts an access for which a cell has been counted down. The method has more than the 325 bytes up to which the
     * compiler puts it in place, which would make methods of the program too long for that themselves.
     */
    void count(Object object, int cell, int place) {
        try {
            AccessCounter[] all = own;
            if (cell >= all.length) {
                all = Arrays.copyOf(all, cell + 1);
                own = all;
            }
            AccessCounter counter = all[cell];
            if (counter == null) {
                AccessSite site = CodePlaces.site(sites[place]);
                Class<?> type = object == null ? null : object.getClass();
                String name = type == null ? site.type + ".class" : type.getName();
                counter = new AccessCounter(type, operationMethod(), sites[place], -1, name, site.field, null, null);
                all[cell] = counter;
                counters.take(AccessCounter.BYTES);
            }
            int grantedCount = counter.countAndGrant(object, counters.isShared);
            switch (cell) {
                case 0:
                    cell0 = grantedCount;
                    break;
                case 1:
                    cell1 = grantedCount;
                    break;
                case 2:
                    cell2 = grantedCount;
                    break;
                case 3:
                    cell3 = grantedCount;
                    break;
                case 4:
                    cell4 = grantedCount;
                    break;
                case 5:
                    cell5 = grantedCount;
                    break;
                case 6:
                    cell6 = grantedCount;
                    break;
                default:
                    cell7 = grantedCount;
            }
        } catch (Throwable failed) {
            Recorder.failed();
            switch (cell) {
                case 0:
                    cell0 = 0;
                    break;
                case 1:
                    cell1 = 0;
                    break;
                case 2:
                    cell2 = 0;
                    break;
                case 3:
                    cell3 = 0;
                    break;
                case 4:
                    cell4 = 0;
                    break;
                case 5:
                    cell5 = 0;
                    break;
                case 6:
                    cell6 = 0;
                    break;
                default:
                    cell7 = 0;
            }
        }
    }

    /** {@return the counter of a cell; null when nothing was counted in it} */
    AccessCounter own(int cell) {
        AccessCounter[] all = own;
        return cell < all.length ? all[cell] : null;
    }

    /** {@return how often it was counted in a cell that has a counter} */
    long count(int cell) {
        AccessCounter counter = own(cell);
        long count;
        long left;
        do {
            count = counter.count;
            left = (long) counter.granted - cell(cell);
        } while (count != counter.count);
        return count + left;
    }

    /** Gives accesses of an array to a cell of a place of elements. */
    void giveElements(int cell, ElementCounter counter, int identity, int grantedCount) {
        if (inCell.length == 0) {
            inCell = new ElementCounter[ELEMENT_CELLS];
        }
        ElementCounter other = inCell[cell];
        if (other != counter && other != null) {
            other.settle();
        }
        inCell[cell] = counter;
        setElements(cell, identity, grantedCount);
    }

    /** {@return how many accesses are left in a cell of a place of elements} */
    int elementsLeft(int cell) {
        return cell == 0 ? left0 : cell == 1 ? left1 : cell == 2 ? left2 : left3;
    }

    private void setElements(int cell, int identity, int grantedCount) {
        switch (cell) {
            case 0:
                array0 = identity;
                left0 = grantedCount;
                break;
            case 1:
                array1 = identity;
                left1 = grantedCount;
                break;
            case 2:
                array2 = identity;
                left2 = grantedCount;
                break;
            default:
                array3 = identity;
                left3 = grantedCount;
        }
    }

    private int cell(int number) {
        switch (number) {
            case 0:
                return cell0;
            case 1:
                return cell1;
            case 2:
                return cell2;
            case 3:
                return cell3;
            case 4:
                return cell4;
            case 5:
                return cell5;
            case 6:
                return cell6;
            default:
                return cell7;
        }
    }

    /** {@return what the method reaches by calls at a place} */
    SitePlaces at(int place) {
        SitePlaces[] known = places;
        SitePlaces one = place < known.length ? known[place] : null;
        return one != null ? one : make(place);
    }

    private synchronized SitePlaces make(int place) {
        if (places.length == 0) {
            places = new SitePlaces[sites.length];
        }
        if (places[place] == null) {
            places[place] = new SitePlaces(sites[place], operationMethod(), counters);
            counters.places.add(places[place]);
        }
        return places[place];
    }
}
