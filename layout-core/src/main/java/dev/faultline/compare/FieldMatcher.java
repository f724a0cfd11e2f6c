package dev.faultline.compare;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Matches the fields of two layouts: by path; else by name, type and size (of the field or of a struct around it),
 * when only one unmatched field on each side has them; else, for locks, counts and atomics, by their bytes. Any other
 * renamed field counts as removed and added.
 */
final class FieldMatcher {

    private static final int DEEPEST = 64;

    /** A field of the old layout and the same field of the new layout; one of them may be missing. */
    record Pair(Optional<Slot.Field> before, Optional<Slot.Field> after) {}

    private final List<Pair> pairs;
    /** The new paths of members and fields by their old paths, where they differ. */
    private final Map<String, String> forward;
    /** The old paths by the new ones. */
    private final Map<String, String> backward;

    private FieldMatcher(List<Pair> pairs, Map<String, String> forward, Map<String, String> backward) {
        this.pairs = List.copyOf(pairs);
        this.forward = forward;
        this.backward = backward;
    }

    /** {@return every field of both, in order of the new layout, then the removed ones} */
    List<Pair> pairs() {
        return pairs;
    }

    /** {@return the path in the new layout of a path in the old one; the same path where there is none} */
    String after(String path) {
        return renamed(path, forward);
    }

    /** {@return the path in the old layout of a path in the new one; the same path where there is none} */
    String before(String path) {
        return renamed(path, backward);
    }

    private static String renamed(String path, Map<String, String> names) {
        if (names.isEmpty()) {
            return path;
        }
        int end = path.length();
        while (end > 0) {
            String other = names.get(path.substring(0, end));
            if (other != null) {
                return other + path.substring(end);
            }
            end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
        }
        return path;
    }

    /** {@return the matching fields of two layouts} */
    static FieldMatcher of(StructLayout before, StructLayout after) {
        Map<String, Deque<Slot.Field>> old = new LinkedHashMap<>();
        for (Slot.Field field : before.fields()) {
            old.computeIfAbsent(field.path(), any -> new ArrayDeque<>(1)).add(field);
        }
        List<Slot.Field> fields = after.fields();
        Slot.Field[] partners = new Slot.Field[fields.size()];
        boolean whole = true;
        for (int i = 0; i < partners.length; i++) {
            Deque<Slot.Field> same = old.get(fields.get(i).path());
            partners[i] = same == null ? null : same.poll();
            whole &= partners[i] != null;
        }
        List<Slot.Field> left = old.values().stream().flatMap(Deque::stream).toList();
        Map<String, String> forward = new HashMap<>();
        Map<String, String> backward = new HashMap<>();
        if (!whole && !left.isEmpty()) {
            moves(before, after, forward, backward);
            left = follow(fields, partners, left, forward);
            left = replaced(fields, partners, left, forward, backward);
        }
        List<Pair> pairs = new ArrayList<>(partners.length + left.size());
        for (int i = 0; i < partners.length; i++) {
            pairs.add(new Pair(Optional.ofNullable(partners[i]), Optional.of(fields.get(i))));
        }
        left.forEach(gone -> pairs.add(new Pair(Optional.of(gone), Optional.empty())));
        return new FieldMatcher(pairs, forward, backward);
    }

    /** Matches the fields inside moved members. */
    private static List<Slot.Field> follow(
            List<Slot.Field> fields, Slot.Field[] partners, List<Slot.Field> left, Map<String, String> forward) {
        Map<String, Integer> free = new HashMap<>();
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] == null) {
                free.putIfAbsent(fields.get(i).path(), i);
            }
        }
        List<Slot.Field> gone = new ArrayList<>();
        for (Slot.Field field : left) {
            Integer at = free.remove(renamed(field.path(), forward));
            if (at == null) {
                gone.add(field);
            } else {
                partners[at] = field;
            }
        }
        return gone;
    }

    /**
     * Matches synchronisation fields at the same bytes: {@code atomic_t __refcnt} that became {@code rcuref_t
     * __rcuref}.
     */
    private static List<Slot.Field> replaced(
            List<Slot.Field> fields,
            Slot.Field[] partners,
            List<Slot.Field> left,
            Map<String, String> forward,
            Map<String, String> backward) {
        List<Slot.Field> gone = new ArrayList<>(left);
        for (int i = 0; i < partners.length && !gone.isEmpty(); i++) {
            Slot.Field field = fields.get(i);
            if (partners[i] == null && SyncType.of(field.type()).isPresent()) {
                for (Slot.Field old : left) {
                    if (SyncType.of(old.type()).isPresent()
                            && old.bytes().equals(field.bytes())
                            && owner(old).equals(owner(field))
                            && gone.contains(old)
                            && partners[i] == null) {
                        gone.remove(old);
                        partners[i] = old;
                        forward.put(old.path(), field.path());
                        backward.put(field.path(), old.path());
                    }
                }
            }
        }
        return gone;
    }

    private static String owner(Slot.Field field) {
        return field.path().substring(0, field.path().lastIndexOf('.') + 1);
    }

    /**
     * A member of a layout or of a struct embedded in it.
     *
     * @param owner path of the struct it is in, empty for the outermost
     * @param path its path
     * @param likeness its name, type and size
     */
    private record Node(String owner, String path, String likeness) {}

    private static void moves(
            StructLayout before, StructLayout after, Map<String, String> forward, Map<String, String> backward) {
        List<Node> old = nodes(before);
        List<Node> young = nodes(after);
        Set<String> oldPaths = paths(old);
        Set<String> youngPaths = paths(young);
        Map<String, Optional<Node>> from = unique(old, youngPaths);
        Map<String, Optional<Node>> to = unique(young, oldPaths);
        from.forEach((likeness, one) -> {
            Optional<Node> other = to.getOrDefault(likeness, Optional.empty());
            // Members of a removed struct are not matched with members of an added one.
            if (one.isPresent()
                    && other.isPresent()
                    && (youngPaths.contains(one.get().owner())
                            || oldPaths.contains(other.get().owner()))) {
                forward.put(one.get().path(), other.get().path());
                backward.put(other.get().path(), one.get().path());
            }
        });
    }

    private static Set<String> paths(List<Node> nodes) {
        Set<String> paths = new HashSet<>();
        paths.add("");
        nodes.forEach(node -> paths.add(node.path()));
        return paths;
    }

    /** {@return by likeness the nodes whose path the other side lacks; empty where several are alike} */
    private static Map<String, Optional<Node>> unique(List<Node> nodes, Set<String> others) {
        Map<String, Optional<Node>> unique = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (!others.contains(node.path())) {
                unique.merge(node.likeness(), Optional.of(node), (one, another) -> Optional.empty());
            }
        }
        return unique;
    }

    private static List<Node> nodes(StructLayout layout) {
        List<Node> nodes = new ArrayList<>();
        collect(layout, "", "", nodes, 0);
        return nodes;
    }

    private static void collect(StructLayout layout, String owner, String prefix, List<Node> nodes, int depth) {
        for (Member member : layout.members()) {
            String path = prefix + member.name();
            if (!member.isAnonymous() && member.bytes().isPresent()) {
                long size = member.bits()
                        .map(bits -> (long) bits.bitSize())
                        .orElse(8 * member.type().byteSize());
                nodes.add(new Node(
                        owner, path, member.name() + "|" + member.type().spelling() + "|" + size));
            }
            if (depth < DEEPEST && member.type() instanceof FieldType.Aggregate inner) {
                boolean open = member.isAnonymous();
                collect(inner.layout(), open ? owner : path, open ? prefix : path + ".", nodes, depth + 1);
            }
        }
    }
}
