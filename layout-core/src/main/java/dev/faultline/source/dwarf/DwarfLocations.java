package dev.faultline.source.dwarf;

import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.dwarf.record.DeclarationPlace;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where structs and their members are declared. Members of one struct are listed when the first of them is asked for,
 * and forgotten when many other structs were asked for. Safe for use by several threads.
 */
final class DwarfLocations {

    private static final int DEEPEST = 64;
    private static final int MOST_LISTED = 256;
    private static final int MOST_MEMBERS = 1 << 18;

    /** Most dots and brackets in a path at which a name may end. */
    private static final int MOST_ENDS = 32;

    private final TypeStore store;
    private final Function<String, List<TypeRecord.Aggregate>> definitions;
    private final Map<Key, Map<String, Listed>> members = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Map<String, Listed>> eldest) {
            return size() > MOST_LISTED;
        }
    };

    /** A member, and where it is declared. */
    private record Listed(MemberRecord member, Optional<SourceLocation> location) {}

    /**
     * Lists none yet.
     *
     * @param store resolves signatures of type units
     * @param definitions finds the definitions of what a unit only declares
     */
    DwarfLocations(TypeStore store, Function<String, List<TypeRecord.Aggregate>> definitions) {
        this.store = store;
        this.definitions = definitions;
    }

    /** {@return the origins of a struct: its own place, and those of its members when they are asked for} */
    FieldOrigins of(TypeRecord.Aggregate type) {
        return FieldOrigins.none()
                .withLocations(location(type.place(), type.place().line()), path -> find(type, path, 0));
    }

    private static Optional<SourceLocation> location(DeclarationPlace place, int line) {
        return place.file().isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceLocation(place.file(), Math.max(0, line), place.directory()));
    }

    /** Names may hold dots and brackets themselves, as those of base classes do, so each may end the first name. */
    private Optional<SourceLocation> find(TypeRecord.Aggregate type, String path, int depth) {
        Map<String, Listed> listed = listed(type);
        Listed whole = listed.get(path);
        if (whole != null || depth > DEEPEST) {
            return Optional.ofNullable(whole).flatMap(Listed::location);
        }
        int tries = 0;
        for (int end = 0; end < path.length() && tries < MOST_ENDS; end++) {
            char c = path.charAt(end);
            boolean isEnd = c == '.' || c == '[';
            tries += isEnd ? 1 : 0;
            Listed first = isEnd ? listed.get(path.substring(0, end)) : null;
            if (first != null) {
                int dot = c == '.' ? end : path.indexOf("].", end) + 1;
                Optional<TypeRecord.Aggregate> inner =
                        dot > 0 ? aggregate(first.member().type()) : Optional.empty();
                return inner.flatMap(one -> find(one, path.substring(dot + 1), depth + 1));
            }
        }
        return Optional.empty();
    }

    private synchronized Map<String, Listed> listed(TypeRecord.Aggregate type) {
        return members.computeIfAbsent(new Key(type), key -> list(key.type()));
    }

    /** A record by its identity: to compare two by their members takes as long as to list them. */
    private record Key(TypeRecord.Aggregate type) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.type == type;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(type);
        }
    }

    /**
     * A struct whose members are being listed, or the members of variants; the file is that of the struct around them.
     */
    private record Part(List<MemberRecord> members, DeclarationPlace place, int depth) {}

    /** Members of anonymous structs and of variants are found by their own names. */
    private Map<String, Listed> list(TypeRecord.Aggregate type) {
        Map<String, Listed> found = new HashMap<>();
        Deque<Part> parts = new ArrayDeque<>();
        parts.add(new Part(type.members(), type.place(), 0));
        int left = MOST_MEMBERS;
        while (!parts.isEmpty() && left > 0) {
            Part part = parts.remove();
            for (MemberRecord one : part.members()) {
                left--;
                if (!one.name().isEmpty()) {
                    found.putIfAbsent(one.name(), new Listed(one, location(part.place(), one.line())));
                } else if (part.depth() < DEEPEST) {
                    within(one.type(), part, parts);
                }
            }
        }
        return found;
    }

    private void within(TypeRecord type, Part around, Deque<Part> parts) {
        if (type instanceof TypeRecord.Variants variants) {
            variants.discriminant()
                    .ifPresent(one -> parts.add(new Part(List.of(one), around.place(), around.depth() + 1)));
            variants.variants().forEach(arm -> parts.add(new Part(arm, around.place(), around.depth() + 1)));
        } else {
            aggregate(type).ifPresent(one -> {
                DeclarationPlace place = one.place().file().isEmpty() ? around.place() : one.place();
                parts.add(new Part(one.members(), place, around.depth() + 1));
            });
        }
    }

    /** {@return the struct that a member, or the elements of one, are} */
    private Optional<TypeRecord.Aggregate> aggregate(TypeRecord type) {
        TypeRecord one = type;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (one instanceof TypeRecord.Aggregate found) {
                return Optional.of(found);
            } else if (one instanceof TypeRecord.Renamed renamed) {
                one = renamed.target();
            } else if (one instanceof TypeRecord.Array array) {
                one = array.element();
            } else if (one instanceof TypeRecord.Signed signed) {
                one = store.signed(signed.signature()).orElse(null);
            } else if (one instanceof TypeRecord.Declared declared) {
                List<TypeRecord.Aggregate> all = definitions.apply(declared.name());
                one = all.size() == 1 ? all.get(0) : null;
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
