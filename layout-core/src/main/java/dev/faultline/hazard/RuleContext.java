package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.api.Internal;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The input of a rule: a layout, its accesses, the machine, and the possible placements of byte 0. Immutable; pairs and
 * costs are computed when first asked for, and two threads that ask at once compute the same.
 */
@Internal
public final class RuleContext {

    private final StructLayout layout;
    private final AccessMap access;
    private final CostModel model;
    private final PartingMemo partings;
    private final Placement placement;
    private final Optional<CodeAccess> code;
    private final Optional<ObjectDeclaration> declaration;
    private List<FieldPair> pairs;
    private Map<FieldRef, List<FieldPair>> pairsByVictim;
    private OperationFields operations;
    private WhatIfCost whatIf;

    /**
     * @param layout the layout
     * @param access which roles use its fields
     * @param machine the machine
     * @param placement where byte 0 may be
     */
    public RuleContext(StructLayout layout, AccessMap access, Machine machine, Placement placement) {
        this(layout, access, new CostModel(machine), placement);
    }

    /**
     * @param layout the layout
     * @param access which roles use its fields
     * @param model the costs of sharing a line on the machine; several contexts may share it
     * @param placement where byte 0 may be
     */
    public RuleContext(StructLayout layout, AccessMap access, CostModel model, Placement placement) {
        this(layout, access, model, new PartingMemo(), placement, Optional.empty(), Optional.empty());
    }

    /**
     * @param layout the layout
     * @param access which roles use its fields
     * @param model the costs of sharing a line on the machine; several contexts may share it
     * @param partings what keeping fields apart saved in other structs, by this model
     * @param placement where byte 0 may be
     * @param code which code accesses it, when the source has code
     * @param declaration what the source says about its objects beside their bytes, when it is a class
     */
    public RuleContext(
            StructLayout layout,
            AccessMap access,
            CostModel model,
            PartingMemo partings,
            Placement placement,
            Optional<CodeAccess> code,
            Optional<ObjectDeclaration> declaration) {
        this.layout = Objects.requireNonNull(layout);
        this.access = Objects.requireNonNull(access);
        this.model = Objects.requireNonNull(model);
        this.partings = Objects.requireNonNull(partings);
        this.placement = Objects.requireNonNull(placement);
        this.code = Objects.requireNonNull(code);
        this.declaration = Objects.requireNonNull(declaration);
    }

    /** {@return the layout} */
    public StructLayout layout() {
        return layout;
    }

    /** {@return which roles use its fields} */
    public AccessMap access() {
        return access;
    }

    /** {@return the machine} */
    public Machine machine() {
        return model.machine();
    }

    CostModel model() {
        return model;
    }

    PartingMemo partings() {
        return partings;
    }

    /** {@return where byte 0 may be} */
    public Placement placement() {
        return placement;
    }

    /**
     * {@return whether the layout is that of objects of a JVM, which chooses their addresses and the order of the
     * fields of one class; authors can only distribute fields over superclasses}
     */
    public boolean isObject() {
        Provenance.Origin origin = layout.provenance().origin();
        return origin == Provenance.Origin.VM_MODEL || origin == Provenance.Origin.RUNNING_VM;
    }

    /** {@return which code accesses the layout, when its source has code} */
    public Optional<CodeAccess> code() {
        return code;
    }

    /** {@return what the source says about the objects beside their bytes, when the layout is that of a class} */
    public Optional<ObjectDeclaration> declaration() {
        return declaration;
    }

    /** {@return the line size in bytes} */
    public int lineBytes() {
        return machine().lineBytes().value();
    }

    /** {@return the number of CPUs of the machine} */
    public int cpus() {
        return machine().cpus().value();
    }

    /** {@return every written field with every other field that can share its line, by culprit} */
    public List<FieldPair> pairs() {
        if (pairs == null) {
            pairs = List.copyOf(FieldPair.all(this));
        }
        return pairs;
    }

    /** {@return which fields each operation uses} */
    OperationFields operations() {
        if (operations == null) {
            operations = new OperationFields(access);
        }
        return operations;
    }

    /** {@return the pairs that have a field as their victim} */
    public List<FieldPair> pairsWithVictim(FieldRef victim) {
        if (pairsByVictim == null) {
            pairsByVictim = pairs().stream()
                    .collect(Collectors.groupingBy(pair -> pair.victim().field()));
        }
        return pairsByVictim.getOrDefault(victim, List.of());
    }

    /** {@return what the layout costs, and what it would cost with one thing changed} */
    public WhatIfCost whatIf() {
        if (whatIf == null) {
            whatIf = new WhatIfCost(this);
        }
        return whatIf;
    }

    /**
     * Computes what a repair saves.
     *
     * @param repair what to change
     * @return the saving; empty when no rates are known or assumed
     */
    public Optional<Saving> saving(Function<WhatIfCost, Saving> repair) {
        return access.isPriced() ? Optional.of(repair.apply(whatIf())) : Optional.empty();
    }

    /**
     * Starts a finding of a rule, with the severity of the rule and the certainty of the accesses.
     *
     * @param rule the rule
     * @return a builder for what the rule has to add
     */
    public FindingBuilder finding(HazardRule rule) {
        return new FindingBuilder(rule.id(), rule.hazard().severity(), access.certainty());
    }
}
