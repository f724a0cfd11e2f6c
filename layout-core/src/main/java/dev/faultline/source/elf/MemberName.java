package dev.faultline.source.elf;

import java.util.Objects;
import java.util.Optional;

/**
 * The name of some members of an archive, {@code lib.a(foo.o)}.
 *
 * @param archive the name of the archive
 * @param member the name of the members; several may have one name
 */
public record MemberName(String archive, String member) {

    public MemberName {
        Objects.requireNonNull(archive);
        Objects.requireNonNull(member);
    }

    /** {@return the archive and the members that a name means, when it has that form} */
    public static Optional<MemberName> parse(String name) {
        int open = name.indexOf('(', 1);
        return open > 0 && name.endsWith(")") && open < name.length() - 2
                ? Optional.of(new MemberName(name.substring(0, open), name.substring(open + 1, name.length() - 1)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return archive + "(" + member + ")";
    }
}
