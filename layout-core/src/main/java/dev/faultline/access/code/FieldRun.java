package dev.faultline.access.code;

import dev.faultline.layout.NameSeries;
import dev.faultline.layout.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fields of one type, side by side in an object, whose names form a series or are no series at all.
 *
 * @param stem what stands before the counters of the names; empty when they do not count
 * @param items the fields, in order of offset
 */
record FieldRun(Optional<String> stem, List<Item> items) {

    private static final int SHORT_STEM = 2;
    private static final int LONGEST_STEM = 3;

    /** A field of an object: its slot, its name in code, and its declaration. */
    record Item(Slot.Field slot, CodeField field, DeclaredField declared) {
        String path() {
            return slot.path();
        }

        boolean is(DeclaredField.Trait trait) {
            return declared.is(trait);
        }
    }

    FieldRun {
        items = List.copyOf(items);
    }

    /** {@return a run split into series} */
    static List<FieldRun> series(List<Item> run) {
        List<FieldRun> all = new ArrayList<>();
        List<Item> series = new ArrayList<>();
        Optional<String> stem = Optional.empty();
        for (Item item : run) {
            Optional<String> own = NameSeries.stem(item.field().name());
            if (!series.isEmpty() && !continues(series.get(series.size() - 1), stem, item, own)) {
                all.add(new FieldRun(stem, series));
                series = new ArrayList<>();
            }
            stem = series.isEmpty() ? own : stem;
            series.add(item);
        }
        if (!series.isEmpty()) {
            all.add(new FieldRun(stem, series));
        }
        return all;
    }

    private static boolean continues(Item last, Optional<String> stem, Item item, Optional<String> own) {
        if (!last.declared().descriptor().equals(item.declared().descriptor())) {
            return false;
        }
        return stem.isPresent()
                ? NameSeries.continues(
                        stem.get(), last.field().name(), item.field().name())
                : own.isEmpty();
    }

    int size() {
        return items.size();
    }

    long byteSize() {
        return items.stream().mapToLong(item -> item.slot().byteSize()).sum();
    }

    /** {@return whether they are floating-point numbers, which padding seldom is} */
    boolean isFloating() {
        return "FD".contains(items.get(0).declared().descriptor());
    }

    /** {@return whether code outside of the package may use one of them} */
    boolean isVisible() {
        return any(DeclaredField.Trait.PUBLIC) || any(DeclaredField.Trait.PROTECTED);
    }

    /** {@return whether one of them has a trait} */
    boolean any(DeclaredField.Trait trait) {
        return items.stream().anyMatch(item -> item.is(trait));
    }

    /** {@return whether the names are single letters} */
    boolean isOfLetters() {
        return stem.filter(String::isEmpty).isPresent();
    }

    /** {@return whether the names are words with numbers, as data has them: {@code sensor1}} */
    boolean isOfWords() {
        return stem.filter(one -> one.length() > LONGEST_STEM).isPresent();
    }

    boolean hasShortStem() {
        return isShortStem(stem);
    }

    static boolean isShortStem(Optional<String> stem) {
        return stem.filter(one -> !one.isEmpty() && one.length() <= SHORT_STEM).isPresent();
    }
}
