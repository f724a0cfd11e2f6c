package dev.faultline.suggest.verify;

import dev.faultline.layout.ByteRange;
import dev.faultline.suggest.packing.Bin;
import dev.faultline.suggest.packing.Item;
import dev.faultline.suggest.packing.Packing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides byte by byte whether items fit on a line: for each byte, it collects which numbers of items of each size
 * and alignment can be placed before it. The verifiers use it instead of the solver's own test.
 */
public final class ByteFit {

    private ByteFit() {}

    /** {@return whether the items fit into the free bytes of a bin} */
    public static boolean fit(Packing packing, int bin, BitSet added) {
        List<Item> classes = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int item : added.stream().toArray()) {
            Item one = packing.items().get(item);
            Item itemClass = new Item("", one.byteSize(), one.byteAlignment());
            if (!classes.contains(itemClass)) {
                classes.add(itemClass);
                wanted.add(0);
            }
            wanted.set(classes.indexOf(itemClass), wanted.get(classes.indexOf(itemClass)) + 1);
        }
        List<Set<List<Integer>>> before = new ArrayList<>();
        for (int at = 0; at <= packing.lineBytes(); at++) {
            before.add(new HashSet<>());
        }
        before.get(0).add(wanted);
        for (int at = 0; at < packing.lineBytes(); at++) {
            before.get(at + 1).addAll(before.get(at));
            for (int itemClass = 0; itemClass < classes.size(); itemClass++) {
                if (mayStart(packing.bins().get(bin), classes.get(itemClass), at)) {
                    Set<List<Integer>> after =
                            before.get(at + (int) classes.get(itemClass).byteSize());
                    for (List<Integer> open : before.get(at)) {
                        if (open.get(itemClass) > 0) {
                            List<Integer> less = new ArrayList<>(open);
                            less.set(itemClass, open.get(itemClass) - 1);
                            after.add(less);
                        }
                    }
                }
            }
        }
        return before.get(packing.lineBytes()).stream()
                .anyMatch(open -> open.stream().allMatch(left -> left == 0));
    }

    private static boolean mayStart(Bin bin, Item item, int at) {
        ByteRange bytes = ByteRange.ofSize(at, item.byteSize());
        return at % item.byteAlignment() == 0 && bin.free().stream().anyMatch(range -> range.contains(bytes));
    }
}
