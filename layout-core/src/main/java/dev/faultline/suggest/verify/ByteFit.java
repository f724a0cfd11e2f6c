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

/** Whether items fit on a line, byte by byte: how many of each kind can stand before each byte. What the verifier goes by. */
public final class ByteFit {

    private ByteFit() {}

    /** {@return whether the items fit into the free bytes of a bin} */
    public static boolean fit(Packing packing, int bin, BitSet added) {
        List<Item> kinds = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int item : added.stream().toArray()) {
            Item one = packing.items().get(item);
            Item kind = new Item("", one.byteSize(), one.byteAlignment());
            if (!kinds.contains(kind)) {
                kinds.add(kind);
                wanted.add(0);
            }
            wanted.set(kinds.indexOf(kind), wanted.get(kinds.indexOf(kind)) + 1);
        }
        List<Set<List<Integer>>> before = new ArrayList<>();
        for (int at = 0; at <= packing.lineBytes(); at++) {
            before.add(new HashSet<>());
        }
        before.get(0).add(wanted);
        for (int at = 0; at < packing.lineBytes(); at++) {
            before.get(at + 1).addAll(before.get(at));
            for (int kind = 0; kind < kinds.size(); kind++) {
                if (stands(packing.bins().get(bin), kinds.get(kind), at)) {
                    Set<List<Integer>> after =
                            before.get(at + (int) kinds.get(kind).byteSize());
                    for (List<Integer> open : before.get(at)) {
                        if (open.get(kind) > 0) {
                            List<Integer> less = new ArrayList<>(open);
                            less.set(kind, open.get(kind) - 1);
                            after.add(less);
                        }
                    }
                }
            }
        }
        return before.get(packing.lineBytes()).stream()
                .anyMatch(open -> open.stream().allMatch(left -> left == 0));
    }

    private static boolean stands(Bin bin, Item item, int at) {
        ByteRange bytes = ByteRange.ofSize(at, item.byteSize());
        return at % item.byteAlignment() == 0 && bin.free().stream().anyMatch(range -> range.contains(bytes));
    }
}
