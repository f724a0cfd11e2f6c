package dev.faultline.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A finding as it is shown.
 *
 * @param level how severe it is: 0 for info, 1 for a warning, 2 for an error
 * @param severity the same in a word; of a suspicion that word
 * @param rule id of the rule
 * @param fields paths of the fields it is about, the cause first
 * @param message the fact
 * @param details further sentences, such as what fixing it saves
 * @param advice what to do
 * @param certainty how the accesses are known, in a word
 * @param saving what fixing it saves, for a table of many findings
 * @param isSuspicion whether it rests on a guess
 * @param declared where its fields are declared, in words; empty when that is not known
 * @param place the struct it is in; empty where the document is about one struct
 */
public record FindingEntry(
        int level,
        String severity,
        String rule,
        List<String> fields,
        String message,
        List<String> details,
        String advice,
        String certainty,
        SavingFigures saving,
        boolean isSuspicion,
        String declared,
        Optional<Place> place) {

    public FindingEntry {
        fields = List.copyOf(fields);
        details = List.copyOf(details);
        Objects.requireNonNull(saving);
        Objects.requireNonNull(declared);
        Objects.requireNonNull(place);
    }

    /**
     * Where a finding is, in a document about many structs.
     *
     * @param struct the name of the struct
     * @param command what shows the struct: {@code "faultline inspect app.jar#com.acme.Ring"}
     */
    public record Place(String struct, String command) {
        public Place {
            Objects.requireNonNull(struct);
            Objects.requireNonNull(command);
        }
    }

    /** {@return what tells more: the struct in full, or the page of the rule} */
    public String command() {
        return place.map(Place::command).filter(command -> !command.isEmpty()).orElse("faultline explain " + rule);
    }

    /** {@return the same in a document about many structs, with further sentences} */
    public FindingEntry at(Place struct, List<String> further) {
        List<String> all = new ArrayList<>(details);
        all.addAll(further);
        return new FindingEntry(
                level,
                severity,
                rule,
                fields,
                message,
                all,
                advice,
                certainty,
                saving,
                isSuspicion,
                declared,
                Optional.of(struct));
    }

    /**
     * What fixing a finding saves.
     *
     * @param perOperation ns of the operation that gains most, in words; {@code "-"} for nothing
     * @param cpuTime CPU time, in words; {@code "-"} for nothing
     * @param cpus the same in CPUs
     */
    public record SavingFigures(String perOperation, String cpuTime, double cpus) {}
}
