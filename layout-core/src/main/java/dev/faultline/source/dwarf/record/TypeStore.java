package dev.faultline.source.dwarf.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The types of all units, each once. Safe for use by several threads. */
public final class TypeStore {

    /**
     * A struct, union or class with a name.
     *
     * @param name the name that it is found by
     * @param type its members
     * @param firstSeen the first unit that has it and its position there, in one number
     * @param unit the name of that unit; empty when unknown
     */
    public record Named(String name, TypeRecord.Aggregate type, long firstSeen, String unit) {}

    private final Map<ContentKey, TypeRecord> records = new ConcurrentHashMap<>();
    private final Map<ContentKey, Named> named = new ConcurrentHashMap<>();
    private final Map<Long, TypeRecord> signed = new ConcurrentHashMap<>();

    /** By the typedef's name and the signature, what names structs without a name in type units. */
    private final Map<String, SignedTypedef> typedefs = new ConcurrentHashMap<>();

    private record SignedTypedef(long signature, String name, long firstSeen, String unit) {}

    /** Characters that the names of types may have together beyond those that the size of the units allows. */
    private static final long LEAST_CHARACTERS = 32L << 20;

    private static final int MOST_CHARACTERS_PER_BYTE = 4;

    /** How many characters names may still have: several may share the bytes of one text in the file. */
    private final AtomicLong charactersLeft = new AtomicLong(LEAST_CHARACTERS);

    private final AtomicLong bytes = new AtomicLong();
    private final String wantedWord;

    /** Makes a store for the types of all names. */
    public TypeStore() {
        this("");
    }

    /**
     * Makes a store for some types.
     *
     * @param wantedWord the word that the names of those end in which are listed; empty to list all
     */
    public TypeStore(String wantedWord) {
        this.wantedWord = wantedWord;
    }

    /** {@return the word that the names of those types end in which are listed; empty when all are} */
    public String wantedWord() {
        return wantedWord;
    }

    /** {@return the bytes of all units that types were read of} */
    public long unitBytes() {
        return bytes.get();
    }

    /** Lets the names of types have as many characters as units of some bytes in all explain. */
    public void allow(long unitBytes) {
        bytes.addAndGet(unitBytes);
        charactersLeft.addAndGet(MOST_CHARACTERS_PER_BYTE * unitBytes);
    }

    /**
     * Counts the characters of a name that is kept.
     *
     * @throws IllegalArgumentException when there are too many
     */
    public void spend(int characters) {
        if (charactersLeft.addAndGet(-characters) < 0) {
            throw new IllegalArgumentException("the names of types take more than " + MOST_CHARACTERS_PER_BYTE
                    + " times the bytes of their units");
        }
    }

    private void spend(TypeRecord record) {
        if (record instanceof TypeRecord.Aggregate aggregate) {
            spend(aggregate.spelling().length() + aggregate.place().file().length());
            aggregate.members().forEach(member -> spend(member.name().length()));
        } else if (record instanceof TypeRecord.Number number) {
            spend(number.spelling().length());
        } else if (record instanceof TypeRecord.Renamed renamed) {
            spend(renamed.spelling().length());
        }
    }

    /** {@return the type with a key, when it is known} */
    public Optional<TypeRecord> find(ContentKey key) {
        return Optional.ofNullable(records.get(key));
    }

    /** Keeps a record, and returns it or an equal one that was kept before. */
    public TypeRecord keep(ContentKey key, TypeRecord record) {
        TypeRecord before = records.putIfAbsent(key, record);
        if (before == null) {
            spend(record);
            return record;
        }
        return before;
    }

    /** {@return whether a named type is known; it is then known to be seen in this place, too} */
    public boolean isListed(ContentKey key, long seen, String unit) {
        Named before = named.get(key);
        if (before == null) {
            return false;
        }
        if (seen < before.firstSeen()) {
            named.computeIfPresent(key, (any, one) -> earliest(one, seen, unit));
        }
        return true;
    }

    private static Named earliest(Named one, long seen, String unit) {
        return seen < one.firstSeen() ? new Named(one.name(), one.type(), seen, unit) : one;
    }

    /**
     * Lists a named type.
     *
     * @param key its key
     * @param name the name that it is found by
     * @param type its members
     * @param seen the unit that has it and its position there, in one number
     * @param unit the name of that unit
     */
    public void list(ContentKey key, String name, TypeRecord.Aggregate type, long seen, String unit) {
        spend(name.length());
        named.merge(key, new Named(name, type, seen, unit), (one, other) -> earliest(one, seen, unit));
    }

    /** Keeps the type that a type unit defines. */
    public void sign(long signature, TypeRecord type) {
        signed.putIfAbsent(signature, type);
    }

    /** Notes a typedef of what a type unit defines, possibly a struct without a name of its own. */
    public void nameSigned(long signature, String name, long seen, String unit) {
        spend(name.length());
        typedefs.merge(
                signature + " " + name,
                new SignedTypedef(signature, name, seen, unit),
                (one, other) -> one.firstSeen() < other.firstSeen() ? one : other);
    }

    /** {@return the type that a type unit defines} */
    public Optional<TypeRecord> signed(long signature) {
        return Optional.ofNullable(signed.get(signature));
    }

    /** {@return every named struct, union and class, in the order in which the file has them first} */
    public List<Named> named() {
        List<Named> all = new ArrayList<>(named.size() + typedefs.size());
        SignedNames names = new SignedNames(this);
        long left = LEAST_CHARACTERS + MOST_CHARACTERS_PER_BYTE * bytes.get();
        for (Named one : named.values()) {
            String name = left > 0 ? names.resolve(one.name()) : one.name();
            left -= name.length();
            all.add(name.equals(one.name()) ? one : new Named(name, one.type(), one.firstSeen(), one.unit()));
        }
        for (SignedTypedef one : typedefs.values()) {
            if (signed.get(one.signature()) instanceof TypeRecord.Aggregate type
                    && type.name().isEmpty()) {
                all.add(new Named(names.resolve(one.name()), type, one.firstSeen(), one.unit()));
            }
        }
        all.sort(Comparator.comparingLong(Named::firstSeen));
        return all;
    }
}
