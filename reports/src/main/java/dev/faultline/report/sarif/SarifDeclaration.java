package dev.faultline.report.sarif;

import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something is declared that a result is about.
 *
 * @param name the path of a field; empty for the struct itself
 * @param location its declaration
 */
record SarifDeclaration(String name, SourceLocation location) {

    /** The most fields of a result whose declarations are listed. */
    private static final int MOST_FIELDS = 8;

    /** {@return where fields are declared, in their order, and then the struct; what is not known is left out} */
    static List<SarifDeclaration> of(FieldOrigins origins, List<String> fields) {
        List<SarifDeclaration> known = new ArrayList<>();
        for (String field : fields.subList(0, Math.min(MOST_FIELDS, fields.size()))) {
            origins.locationOf(field).ifPresent(location -> known.add(new SarifDeclaration(field, location)));
        }
        origins.location().ifPresent(location -> known.add(new SarifDeclaration("", location)));
        return known;
    }
}
