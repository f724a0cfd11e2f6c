package dev.faultline.report.sarif;

import dev.faultline.hazard.Severity;
import dev.faultline.layout.Provenance;
import java.util.List;
import java.util.Optional;

/**
 * A result of a log.
 *
 * @param rule id of its rule
 * @param severity its severity
 * @param message the fact and the advice
 * @param struct keyword and name of the type it is in: {@code "struct rtable"}
 * @param provenance where that type is declared
 * @param declarations where its fields and that type are declared in source code, the culprit first; may be empty
 * @param fields paths of the fields it is about; may be empty
 * @param promise the broken promise; empty for a finding. Two promises about the same fields are different results.
 * @param isNew whether it is new since the layout compared with; nothing when nothing is compared
 */
record SarifResult(
        String rule,
        Severity severity,
        String message,
        String struct,
        Provenance provenance,
        List<SarifDeclaration> declarations,
        List<String> fields,
        String promise,
        Optional<Boolean> isNew) {

    /** {@return rule, type, fields and promise by name, one a line; offsets, lines and figures are no part of it} */
    String identity() {
        String names = String.join("\n", struct, rule, String.join(",", fields));
        return promise.isEmpty() ? names : names + "\n" + promise;
    }

    /** {@return its rank: errors first, hazards that are gone last} */
    int rank() {
        return isNew.orElse(true) ? Severity.values().length - severity.ordinal() : Integer.MAX_VALUE;
    }

    /** {@return about how many characters of memory it holds} */
    long chars() {
        return message.length()
                + struct.length()
                + fields.stream().mapToLong(String::length).sum()
                + declarations.stream()
                        .mapToLong(one -> one.location().file().length())
                        .sum();
    }
}
