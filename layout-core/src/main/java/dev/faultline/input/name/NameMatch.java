package dev.faultline.input.name;

import dev.faultline.input.name.TypeTerm.Group;
import dev.faultline.input.name.TypeTerm.Name;
import dev.faultline.input.name.TypeTerm.Part;
import dev.faultline.input.name.TypeTerm.Segment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a name with parts left out means a full name. The result is a set of bits that says what was left out; the
 * lower number is the better match.
 */
final class NameMatch {

    static final int NONE = -1;

    /** Inline namespaces, such as {@code std::__1}; the crates that Rust's {@code std} shows as its own. */
    static final int INLINE_NAMESPACES = 1;

    /** Arguments that a library has as a default. */
    static final int DEFAULTS = 2;

    /** Scopes. */
    static final int SCOPES = 4;

    /** Arguments that are perhaps a default. */
    static final int ARGUMENTS = 8;

    private static final Pattern INLINE = Pattern.compile("__[a-z]*[0-9]+|_V2|lts_[0-9]+|v[0-9]+");

    /** Classes of libraries that are arguments by default. */
    private static final Set<String> LIBRARY_DEFAULTS = Set.of(
            "allocator",
            "less",
            "greater",
            "hash",
            "equal_to",
            "char_traits",
            "default_delete",
            "polymorphic_allocator",
            "Global",
            "RandomState");

    private static final Set<String> LIBRARIES = Set.of("std", "alloc");
    private static final Set<String> CRATES_OF_STD = Set.of("core", "alloc");

    private NameMatch() {}

    /** {@return what a wanted type leaves out of a full one; {@link #NONE} when it means another} */
    static int of(TypeTerm wanted, TypeTerm full) {
        if (wanted.parts().size() != full.parts().size()) {
            return NONE;
        }
        int bits = 0;
        for (int i = 0; i < wanted.parts().size() && bits >= 0; i++) {
            bits = and(bits, of(wanted.parts().get(i), full.parts().get(i)));
        }
        return bits;
    }

    private static int and(int bits, int more) {
        return bits < 0 || more < 0 ? NONE : bits | more;
    }

    private static int of(Part wanted, Part full) {
        if (wanted instanceof Name name && full instanceof Name other) {
            return ofNames(name.segments(), other.segments());
        }
        if (wanted instanceof Group group && full instanceof Group other) {
            boolean isAlike = group.open() == other.open()
                    && group.terms().size() == other.terms().size();
            return isAlike ? ofFirst(group.terms(), other.terms()) : NONE;
        }
        return wanted.equals(full) ? 0 : NONE;
    }

    /** Compares the scopes from inside to outside. */
    private static int ofNames(List<Segment> wanted, List<Segment> full) {
        int bits = ofSegments(wanted.get(wanted.size() - 1), full.get(full.size() - 1));
        int next = wanted.size() - 2;
        for (int i = full.size() - 2; i >= 0 && bits >= 0; i--) {
            Segment scope = full.get(i);
            int match = next < 0 ? NONE : ofScopes(wanted.get(next), scope, i == 0 && next == 0);
            if (match >= 0) {
                bits |= match;
                next--;
            } else {
                bits |= isInline(scope) ? INLINE_NAMESPACES : SCOPES;
            }
        }
        return next >= 0 ? NONE : bits;
    }

    private static int ofScopes(Segment wanted, Segment full, boolean isOutermost) {
        boolean isCrate = isOutermost && wanted.base().equals("std") && CRATES_OF_STD.contains(full.base());
        return isCrate ? INLINE_NAMESPACES : ofSegments(wanted, full);
    }

    private static boolean isInline(Segment scope) {
        return scope.arguments().isEmpty() && INLINE.matcher(scope.base()).matches();
    }

    private static int ofSegments(Segment wanted, Segment full) {
        if (!wanted.base().equals(full.base())) {
            return NONE;
        }
        List<TypeTerm> all = full.arguments().orElse(List.of());
        List<TypeTerm> given = wanted.arguments().orElse(List.of());
        Optional<List<TypeTerm>> brackets = full.arguments();
        if (brackets.isEmpty() || given.size() > all.size()) {
            return wanted.arguments().isEmpty() ? 0 : NONE;
        }
        List<TypeTerm> left = all.subList(given.size(), all.size());
        int bits = left.isEmpty() && wanted.arguments().isPresent()
                ? 0
                : left.stream().allMatch(NameMatch::isDefault) ? DEFAULTS : ARGUMENTS;
        return and(bits, ofFirst(given, all));
    }

    private static int ofFirst(List<TypeTerm> wanted, List<TypeTerm> full) {
        int bits = 0;
        for (int i = 0; i < wanted.size() && bits >= 0; i++) {
            bits = and(bits, of(wanted.get(i), full.get(i)));
        }
        return bits;
    }

    private static boolean isDefault(TypeTerm argument) {
        if (argument.parts().size() != 1 || !(argument.parts().get(0) instanceof Name name)) {
            return false;
        }
        List<Segment> segments = name.segments();
        return segments.size() > 1
                && LIBRARIES.contains(segments.get(0).base())
                && LIBRARY_DEFAULTS.contains(segments.get(segments.size() - 1).base());
    }
}
