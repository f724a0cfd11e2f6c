package dev.faultline.access.file;

import dev.faultline.access.Access;
import dev.faultline.access.Evidence;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields and offsets that an access file names and a struct does not have.
 *
 * @param struct the struct
 * @param unit what the file counts
 * @param counts how often each was seen, by its path
 */
record UnknownFields(StructLayout struct, String unit, Map<String, Evidence.Counts> counts) {

    private static final int MOST_NAMED = 5;

    UnknownFields {
        counts = new LinkedHashMap<>(counts);
    }

    /**
     * {@return what none of some structs has; empty when each field is in one of them}
     *
     * @param profile an observed profile
     * @param structs those it is for, of which one at least
     */
    static Optional<UnknownFields> of(StructProfile profile, List<StructLayout> structs) {
        Map<String, Evidence.Counts> counts = new LinkedHashMap<>();
        for (Operation operation : profile.operations()) {
            for (Access access : operation.accesses()) {
                if (structs.stream()
                        .allMatch(one -> ObservedProfile.path(one, access).isEmpty())) {
                    counts.merge(access.field(), access.counts(), Evidence.Counts::plus);
                }
            }
        }
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(new UnknownFields(
                        structs.get(0), profile.observation().orElseThrow().unit(), counts));
    }

    /** {@return a sentence that counts and names them, with the nearest names that the struct has} */
    String words() {
        Evidence.Counts all = counts.values().stream().reduce(Evidence.Counts.NONE, Evidence.Counts::plus);
        List<String> shown = new ArrayList<>();
        for (String path : counts.keySet()) {
            if (shown.size() < MOST_NAMED) {
                shown.add(path + Nearest.hint(path, struct.paths()));
            }
        }
        return all.count() + " " + unit + " left out, at what " + struct.spelling() + " has no field for: "
                + String.join(", ", shown)
                + (counts.size() > MOST_NAMED ? " and " + (counts.size() - MOST_NAMED) + " more" : "");
    }
}
