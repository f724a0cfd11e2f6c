package dev.faultline.report.build;

import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where fields are declared, in words. Of files without lines nothing is said: the name of a class tells as much. */
final class DeclarationWords {

    /** The culprit and one victim: more would not fit a line. */
    private static final int MOST_FIELDS = 2;

    private DeclarationWords() {}

    /** {@return where a struct is declared; empty when that is not known} */
    static Optional<String> of(FieldOrigins origins) {
        return origins.location().map(SourceLocation::words);
    }

    /**
     * Says where the fields of a finding are declared.
     *
     * @param origins what is known
     * @param fields the fields, the culprit first; none for the whole struct
     * @return {@code "declared at dst.h:83, lwtstate at line 90"}; empty when no line is known
     */
    static String of(FieldOrigins origins, List<String> fields) {
        if (fields.isEmpty()) {
            return origins.location()
                    .filter(location -> location.line() > 0)
                    .map(location -> "declared at " + location.words())
                    .orElse("");
        }
        List<String> words = new ArrayList<>();
        String file = "";
        for (String field : fields.subList(0, Math.min(MOST_FIELDS, fields.size()))) {
            Optional<SourceLocation> location = origins.locationOf(field).filter(one -> one.line() > 0);
            if (location.isPresent()) {
                boolean isSame = location.get().file().equals(file);
                file = location.get().file();
                String name = field.equals(fields.get(0)) ? "" : field + " ";
                words.add(name + (words.isEmpty() ? "declared " : "") + "at "
                        + (isSame
                                ? "line " + location.get().line()
                                : location.get().words()));
            }
        }
        return String.join(", ", words);
    }
}
