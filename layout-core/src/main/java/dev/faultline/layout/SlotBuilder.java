package dev.faultline.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes the slots of a layout: resolves embedded structs, finds unused bits, and checks that the slots fit the size.
 */
final class SlotBuilder {

    private static final Comparator<Slot> BY_FIRST_BIT = Comparator.comparingLong(SlotBuilder::firstBit);

    /** Most slots of a layout. */
    private static final int MOST_SLOTS = 1 << 16;

    /** Most characters in all paths of a layout. */
    private static final long MOST_CHARACTERS = 1 << 24;

    private final String name;
    private final boolean union;
    private final long bitSize;
    private final List<Slot> taken = new ArrayList<>();
    /** Bytes of a union that a member may use, though the source does not show it. */
    private final List<ByteRange> hidden = new ArrayList<>();

    private long characters;

    private SlotBuilder(String name, boolean union, long byteSize) {
        this.name = name;
        this.union = union;
        this.bitSize = byteSize * 8; // a layout has at most 2^32 bytes
    }

    /**
     * {@return the slots of a struct or union, sorted by first bit}
     *
     * <p>Linear in the number of slots when members come in order of offset, as they nearly always do.
     */
    static List<Slot> of(String name, AggregateKind kind, long byteSize, List<Member> members) {
        SlotBuilder tiling = new SlotBuilder(name, kind == AggregateKind.UNION, byteSize);
        boolean overlaps = tiling.union && arms(members) > 1;
        for (Member member : members) {
            tiling.take(member, overlaps);
        }
        return Collections.unmodifiableList(tiling.tile());
    }

    private static int arms(List<Member> members) {
        int arms = 0;
        for (Member member : members) {
            if (member.bits().isPresent() || member.type().byteSize() > 0) {
                arms++;
            }
        }
        return arms;
    }

    private void take(Member member, boolean overlaps) {
        if (member.type().byteSize() == 0) {
            return;
        }
        if (member.role() == MemberRole.NOT_SHOWN) {
            takeNotShown("", member.byteOffset(), member.type().byteSize());
            return;
        }
        if (member.bits().isEmpty()
                && member.type() instanceof FieldType.Aggregate inner
                && (member.isAnonymous() || !SyncType.isOneSlot(inner))) {
            long end = member.byteOffset() + inner.layout().byteSize();
            if (union && end * 8 > bitSize) { // its padding is dropped, so the check of slots would not see it
                throw new IllegalArgumentException(
                        label() + ": " + member.name() + " ends at byte " + end + " of " + bitSize / 8);
            }
            if (taken.size() + hidden.size() + inner.layout().slots().size() > MOST_SLOTS) {
                throw new IllegalArgumentException(label() + ": more than " + MOST_SLOTS + " fields");
            }
            String purpose = SyncType.isPadded(inner.spelling()) ? inner.spelling() : "";
            for (Slot slot : inner.layout().slots()) {
                takeInner(member, slot, overlaps, purpose);
            }
            return;
        }
        count(member.name());
        taken.add(new Slot.Field(
                member.name(),
                member.type(),
                member.byteOffset(),
                member.bits(),
                overlaps,
                PaddingName.isOne(member.name(), member.type(), member.byteOffset())));
    }

    /** Adds bytes that the source does not show; in a union other members may use them. */
    private void takeNotShown(String owner, long byteOffset, long byteSize) {
        Slot.NotShown bytes = new Slot.NotShown(owner, byteOffset, byteSize);
        if (!union) {
            taken.add(bytes);
        } else if ((byteOffset + byteSize) * 8 > bitSize) {
            throw new IllegalArgumentException(label() + ": " + describe(bytes) + " lie outside of " + bitSize / 8);
        } else {
            hidden.add(bytes.bytes());
        }
    }

    /** Makes those parts of a union's unused bytes that a member may use bytes that the source does not show. */
    private List<Slot> withHidden(List<Slot> tiles) {
        List<ByteRange> sorted = hidden.stream().sorted().toList();
        List<Slot> all = new ArrayList<>(tiles.size() + sorted.size());
        int next = 0;
        for (Slot tile : tiles) {
            boolean isFree = tile.bits().isEmpty() && !(tile instanceof Slot.Field);
            long start = tile.byteOffset();
            long end = start + tile.byteSize();
            while (isFree && next < sorted.size() && sorted.get(next).start() < end) {
                ByteRange bytes = sorted.get(next);
                if (bytes.end() > start) {
                    long from = Math.max(start, bytes.start());
                    addFree(all, tile, start, from);
                    start = Math.min(end, bytes.end());
                    all.add(new Slot.NotShown("", from, start - from));
                }
                if (bytes.end() > end) {
                    break; // it goes on behind this tile
                }
                next++;
            }
            if (!isFree) {
                all.add(tile);
            } else {
                addFree(all, tile, start, end);
            }
        }
        return all;
    }

    private static void addFree(List<Slot> all, Slot free, long start, long end) {
        if (end > start) {
            all.add(byteGap(start, end - start, free instanceof Slot.Padding));
        }
    }

    private void count(String path) {
        characters += path.length();
        if (characters > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    label() + ": more than " + MOST_CHARACTERS + " characters in the paths of its fields");
        }
    }

    /**
     * Adds a slot of an embedded struct; unused bytes of a union's member are found when the union is done.
     *
     * @param padding the purpose of the padding at the end of the embedded struct
     */
    private void takeInner(Member member, Slot slot, boolean overlaps, String padding) {
        long base = member.byteOffset();
        if (slot instanceof Slot.Field field) {
            String path = member.isAnonymous() ? field.path() : member.name() + "." + field.path();
            count(path);
            taken.add(new Slot.Field(
                    path,
                    field.type(),
                    base + field.byteOffset(),
                    field.bits(),
                    overlaps || field.overlaps(),
                    field.isPadding()));
        } else if (slot instanceof Slot.NotShown bytes) {
            takeNotShown(owner(member, bytes.owner()), base + bytes.byteOffset(), bytes.byteSize());
        } else if (!union && slot instanceof Slot.Hole hole) {
            String owner = owner(member, hole.owner());
            taken.add(new Slot.Hole(owner, base + hole.byteOffset(), hole.byteSize(), hole.bits(), hole.purpose()));
        } else if (!union && slot instanceof Slot.Padding tail) {
            String purpose = tail.purpose().isEmpty() && tail.owner().isEmpty() ? padding : tail.purpose();
            taken.add(new Slot.Padding(
                    owner(member, tail.owner()), base + tail.byteOffset(), tail.byteSize(), tail.bits(), purpose));
        }
    }

    private String owner(Member member, String inner) {
        if (member.isAnonymous()) {
            return inner;
        }
        String owner = inner.isEmpty() ? member.name() : member.name() + "." + inner;
        count(owner);
        return owner;
    }

    private List<Slot> tile() {
        sort();
        List<Slot> tiles = new ArrayList<>(taken.size() + 2);
        long lastUsedBit = 0;
        for (Slot slot : taken) {
            lastUsedBit = Math.max(lastUsedBit, endBit(slot));
        }
        if (lastUsedBit > bitSize) {
            throw outside(lastUsedBit);
        }
        long covered = 0;
        Slot reaching = null;
        for (Slot slot : taken) {
            long first = firstBit(slot);
            if (first > covered) {
                addGap(tiles, reaching, slot, covered, first, false);
            } else if (first < covered && !(overlaps(slot) && overlaps(reaching))) {
                throw collision(reaching, slot);
            }
            tiles.add(slot);
            if (endBit(slot) > covered) {
                covered = endBit(slot);
                reaching = slot;
            }
        }
        if (covered < bitSize) {
            addGap(tiles, reaching, null, covered, bitSize, true);
        }
        return hidden.isEmpty() ? tiles : withHidden(tiles);
    }

    private void sort() {
        for (int i = 1; i < taken.size(); i++) {
            if (firstBit(taken.get(i - 1)) > firstBit(taken.get(i))) {
                taken.sort(BY_FIRST_BIT);
                return;
            }
        }
    }

    /** Splits unused bits into the rest of the previous byte, whole bytes, and the start of the next. */
    private static void addGap(List<Slot> tiles, Slot before, Slot after, long from, long to, boolean tail) {
        long start = from;
        if (before != null && before.bits().isPresent()) {
            long unitEnd = (before.byteOffset() + before.byteSize()) * 8;
            long end = Math.min(to, Math.max(unitEnd, roundUp(start)));
            if (end > start) {
                tiles.add(bitGap(before.byteOffset(), before.byteSize(), start, end, tail));
                start = end;
            }
        }
        long end = to;
        long unitStart = to;
        if (after != null && after.bits().isPresent() && (to % 8 != 0 || after.byteOffset() * 8 < to)) {
            unitStart = Math.max(start, Math.min(after.byteOffset() * 8, to / 8 * 8));
            end = unitStart;
        }
        if (end > start) {
            tiles.add(byteGap(start / 8, (end - start) / 8, tail));
        }
        if (to > unitStart) {
            tiles.add(bitGap(after.byteOffset(), after.byteSize(), unitStart, to, tail));
        }
    }

    private static long roundUp(long bit) {
        return (bit + 7) / 8 * 8;
    }

    private static Slot byteGap(long byteOffset, long byteSize, boolean tail) {
        return tail
                ? new Slot.Padding("", byteOffset, byteSize, Optional.empty(), "")
                : new Slot.Hole("", byteOffset, byteSize, Optional.empty(), "");
    }

    private static Slot bitGap(long unitOffset, long unitSize, long from, long to, boolean tail) {
        Optional<BitField> bits =
                Optional.of(new BitField(Math.toIntExact(from - unitOffset * 8), Math.toIntExact(to - from)));
        return tail
                ? new Slot.Padding("", unitOffset, unitSize, bits, "")
                : new Slot.Hole("", unitOffset, unitSize, bits, "");
    }

    private static boolean overlaps(Slot slot) {
        return slot instanceof Slot.Field field && field.overlaps();
    }

    private static long firstBit(Slot slot) {
        long first = slot.byteOffset() * 8;
        return slot.bits().isPresent() ? first + slot.bits().get().bitOffset() : first;
    }

    private static long endBit(Slot slot) {
        return slot.bits().isPresent()
                ? firstBit(slot) + slot.bits().get().bitSize()
                : (slot.byteOffset() + slot.byteSize()) * 8;
    }

    private static String describe(Slot slot) {
        if (slot instanceof Slot.Field field) {
            return field.path() + " at " + field.bytes();
        }
        return "the unused bytes " + slot.bytes();
    }

    private IllegalArgumentException outside(long lastUsedBit) {
        Slot last = taken.stream()
                .filter(slot -> endBit(slot) == lastUsedBit)
                .findFirst()
                .orElseThrow();
        return new IllegalArgumentException(
                label() + ": " + describe(last) + " lies outside the size of " + bitSize / 8 + " bytes");
    }

    private IllegalArgumentException collision(Slot first, Slot second) {
        return new IllegalArgumentException(
                label() + ": " + describe(first) + " and " + describe(second) + " overlap outside of a union");
    }

    private String label() {
        return name.isEmpty() ? "anonymous aggregate" : name;
    }
}
