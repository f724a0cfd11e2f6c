package dev.faultline.source.dwarf.record;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of types that units refer to by the signature of a type unit, which may be read later. A mark stands for the
 * name in spellings until all units are read.
 */
public final class SignedNames {

    /** No name in a binary has this character twice around 16 hexadecimal digits, unless it is made to mislead. */
    private static final char MARK = '\u0001';

    private static final Pattern MARKED = Pattern.compile(MARK + "([0-9a-f]{16})" + MARK + "(::)?");
    private static final String ANONYMOUS_SCOPE = "(anonymous)";
    private static final String UNKNOWN = "?";
    private static final int DEEPEST = 64;
    private static final int LONGEST = 16_384;

    /** Most characters of all names together: each may have many others in it. */
    private static final long MOST_KEPT = 32L << 20;

    private final TypeStore store;
    private final Map<Long, String> known = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();

    /** Makes a resolver of marks. */
    public SignedNames(TypeStore store) {
        this.store = store;
    }

    /** {@return what stands for the name of a type until all units are read} */
    public static String mark(long signature) {
        return MARK + HexFormat.of().toHexDigits(signature) + MARK;
    }

    /** {@return a spelling with names in place of marks} */
    public String resolve(String spelling) {
        return resolve(spelling, 0);
    }

    private String resolve(String spelling, int depth) {
        if (spelling.indexOf(MARK) < 0) {
            return spelling;
        }
        StringBuilder resolved = new StringBuilder();
        Matcher marks = MARKED.matcher(spelling);
        int end = 0;
        while (resolved.length() <= LONGEST && marks.find()) {
            resolved.append(spelling, end, marks.start());
            boolean isScope = marks.group(2) != null;
            resolved.append(name(HexFormat.fromHexDigitsToLong(marks.group(1)), isScope, depth));
            resolved.append(isScope ? marks.group(2) : "");
            end = marks.end();
        }
        resolved.append(spelling, end, spelling.length());
        if (resolved.length() > LONGEST) {
            resolved.setLength(LONGEST);
            resolved.append("...");
        }
        return resolved.toString();
    }

    private String name(long signature, boolean isScope, int depth) {
        TypeRecord type = store.signed(signature).orElse(null);
        if (type == null || depth > DEEPEST) {
            return UNKNOWN;
        }
        String name = known.get(signature);
        if (name == null) {
            name = kept.get() < MOST_KEPT ? resolve(spelling(type), depth + 1) : UNKNOWN;
            if (known.putIfAbsent(signature, name) == null) {
                kept.addAndGet(name.length());
            }
        }
        return isScope ? scope(type, name) : name;
    }

    private static String scope(TypeRecord type, String name) {
        return type instanceof TypeRecord.Aggregate aggregate
                        && aggregate.name().isEmpty()
                ? ANONYMOUS_SCOPE
                : name;
    }

    private static String spelling(TypeRecord type) {
        if (type instanceof TypeRecord.Aggregate aggregate) {
            return aggregate.spelling();
        }
        if (type instanceof TypeRecord.Number number) {
            return number.spelling();
        }
        return type instanceof TypeRecord.Renamed renamed ? renamed.spelling() : UNKNOWN;
    }
}
