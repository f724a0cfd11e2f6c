package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import java.util.List;
import java.util.Objects;

/** All a rule may look at: the bytes, who touches them, the hardware, and where byte 0 may stand. Immutable. */
public final class RuleContext {

    private final StructLayout layout;
    private final AccessMap access;
    private final CostModel model;
    private final Placement placement;
    private List<FieldPair> meetings;
    private WhatIfCost costing;

    /**
     * What is to be examined.
     *
     * @param layout the bytes
     * @param access who touches them
     * @param machine the hardware
     * @param placement where byte 0 may stand
     */
    public RuleContext(StructLayout layout, AccessMap access, Machine machine, Placement placement) {
        this(layout, access, new CostModel(machine), placement);
    }

    /**
     * What is to be examined, by a model that other examinations share.
     *
     * @param layout the bytes
     * @param access who touches them
     * @param model what sharing a line costs on the hardware
     * @param placement where byte 0 may stand
     */
    public RuleContext(StructLayout layout, AccessMap access, CostModel model, Placement placement) {
        this.layout = Objects.requireNonNull(layout);
        this.access = Objects.requireNonNull(access);
        this.model = Objects.requireNonNull(model);
        this.placement = Objects.requireNonNull(placement);
    }

    /** {@return the bytes} */
    public StructLayout layout() {
        return layout;
    }

    /** {@return who touches them} */
    public AccessMap access() {
        return access;
    }

    /** {@return the hardware} */
    public Machine machine() {
        return model.machine();
    }

    /** {@return where byte 0 may stand} */
    public Placement placement() {
        return placement;
    }

    /** {@return the line size in bytes} */
    public int lineBytes() {
        return machine().lineBytes().value();
    }

    /**
     * {@return every written field with every other one close enough to share its line}
     *
     * <p>Found when first asked for: half the rules look at them. Two threads that ask at once find the same.
     */
    public List<FieldPair> meetings() {
        if (meetings == null) {
            meetings = List.copyOf(FieldPair.all(this));
        }
        return meetings;
    }

    /** {@return what the layout costs, and would cost otherwise; likewise found when first asked for} */
    public WhatIfCost costing() {
        if (costing == null) {
            costing = new WhatIfCost(this, model);
        }
        return costing;
    }
}
