package dev.faultline.suggest.struct;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.layout.FieldRef;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.RemainingFinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Tells why a finding that promises a saving remains. */
final class RemainingFindings {

    /** Of the time of the CPUs, a part that is not worth telling. */
    private static final double CLEARLY = 0.05;

    private final List<ConstrainedStruct> variants;
    private final List<FieldRef> fields;
    private final Constraints constraints;
    private final Figures today;
    private final List<LayoutProposal> proposals;

    /**
     * @param variants the decompositions that were searched
     * @param fields the fields of the workload
     * @param constraints what every layout must keep
     * @param today figures of today's layout
     * @param proposals the layouts that were found, the bad ones too
     */
    RemainingFindings(
            List<ConstrainedStruct> variants,
            List<FieldRef> fields,
            Constraints constraints,
            Figures today,
            List<LayoutProposal> proposals) {
        this.variants = variants;
        this.fields = fields;
        this.constraints = constraints;
        this.today = today;
        this.proposals = proposals;
    }

    /**
     * {@return the findings whose repair would save clearly more than the best layout does, each with the reason}
     *
     * @param findings the findings on today's layout
     * @param saved what the best layout offered saves at today's rates, in CPUs; 0 without one
     */
    List<RemainingFinding> among(List<Finding> findings, double saved) {
        List<RemainingFinding> unrepaired = new ArrayList<>();
        for (Finding finding : findings) {
            Optional<Saving> saving = finding.saving().filter(one -> !one.isNothing());
            boolean isMore = saving.filter(one -> one.cpusSaved() > Math.max(0, saved) + CLEARLY * today.cpus())
                    .isPresent();
            if (isMore && !finding.isSuspicion()) {
                unrepaired.add(new RemainingFinding(finding, reason(finding)));
            }
        }
        return unrepaired;
    }

    private String reason(Finding finding) {
        switch (finding.rule()) {
            case "ArrayNeighbours":
                return "it needs larger elements, which is another type, not another order";
            case "CasLoopContention", "TrueSharing":
                return "it needs another algorithm, not another layout";
            case "UncertainPlacement":
                return constraints.mayAlign()
                        ? "on objects that start on a line this order costs as much"
                        : "it needs objects that start on a line, which is not allowed here";
            default:
                return together(finding)
                        .or(() -> immovable(finding))
                        .or(this::tooLarge)
                        .orElseGet(this::tried);
        }
    }

    /** In each decomposition, the units that hold some fields. */
    private static Set<Integer> units(ConstrainedStruct variant, List<FieldRef> all, List<String> paths) {
        Set<Integer> units = new LinkedHashSet<>();
        for (int i = 0; i < variant.struct().units().size(); i++) {
            boolean holdsOne = variant.unit(i).touched().stream()
                    .anyMatch(touched -> paths.contains(all.get(touched.field()).path()));
            if (holdsOne) {
                units.add(i);
            }
        }
        return units;
    }

    private Optional<String> together(Finding finding) {
        boolean always = variants.stream()
                .allMatch(variant -> units(variant, fields, finding.fields()).size() < 2);
        return always
                ? units(variants.get(0), fields, finding.fields()).stream()
                        .findFirst()
                        .map(unit ->
                                "they are all in " + variants.get(0).unit(unit).name() + ", which moves as a whole")
                : Optional.empty();
    }

    private Optional<String> immovable(Finding finding) {
        boolean always = variants.stream()
                .allMatch(variant ->
                        units(variant, fields, finding.fields()).stream().allMatch(variant::isFixed));
        return always ? Optional.of("the members that hold them stay where they are") : Optional.empty();
    }

    private Optional<String> tooLarge() {
        return constraints.mostBytes().isPresent()
                ? Optional.of("no layout of at most " + constraints.mostBytes().getAsLong() + " bytes that was tried"
                        + " costs less")
                : Optional.empty();
    }

    private String tried() {
        OptionalDouble least = proposals.stream()
                .mapToDouble(one -> one.figures().nanosPerSecond())
                .min();
        double share =
                least.isEmpty() || today.nanosPerSecond() == 0 ? 0 : least.getAsDouble() / today.nanosPerSecond() - 1;
        String cost = least.isEmpty() || Math.abs(share) < 0.001
                ? "none costs less"
                : String.format(
                        Locale.ROOT,
                        "the cheapest costs %.1f %% %s",
                        100 * Math.abs(share),
                        share < 0 ? "less" : "more");
        return "layouts that keep them apart were tried; " + cost;
    }
}
