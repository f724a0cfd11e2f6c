package dev.faultline.reorder.jvm;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.coherence.Cost;
import dev.faultline.coherence.CostModel;
import dev.faultline.coherence.LineMap;
import dev.faultline.coherence.Workload;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who uses a class on which machine: what any layout of its fields costs there. */
final class World {

    private final AccessMap access;
    private final CostModel model;
    private final Workload workload;

    World(AccessMap access, Machine machine) {
        this.access = access;
        this.model = new CostModel(machine);
        this.workload = Workload.of(access, machine.cpus().value());
    }

    AccessMap access() {
        return access;
    }

    Workload workload() {
        return workload;
    }

    Machine machine() {
        return model.machine();
    }

    int lineBytes() {
        return machine().lineBytes().value();
    }

    World on(Machine other) {
        return new World(access, other);
    }

    /** {@return the cost, the mean over the placements} */
    Cost cost(Subject subject) {
        return model.cost(workload, LineMap.all(fields(subject.layout()), lineBytes(), subject.placement()));
    }

    /** {@return the cost in ns a second, the mean over the placements} */
    double nanosPerSecond(Subject subject) {
        return cost(subject).nanosPerSecond(workload);
    }

    /** {@return the sum of the costs of the lines, the mean over the placements} */
    double lineCosts(Subject subject) {
        return nanosPerSecond(subject);
    }

    /** {@return the fields of the workload where a layout has them} */
    List<FieldRef> fields(StructLayout layout) {
        return workload.fields().stream().map(field -> moved(field, layout)).toList();
    }

    /** {@return the uses of the class's fields where a layout has them} */
    AccessMap accessOf(StructLayout layout) {
        List<FieldUse> uses = access.uses().stream()
                .map(use -> new FieldUse(
                        moved(use.field(), layout),
                        use.kind(),
                        use.role(),
                        use.operation(),
                        use.position(),
                        use.ratePerSecond(),
                        use.gapNanos(),
                        use.ownElement(),
                        use.certainty()))
                .toList();
        return new AccessMap(access.certainty(), access.source(), uses, access.phases());
    }

    private static FieldRef moved(FieldRef field, StructLayout layout) {
        return layout.resolve(field.path())
                .orElseThrow(() -> new IllegalStateException(layout.spelling() + " lost its field " + field.path()));
    }

    /** {@return the lines somebody touches, in the placement that has most} */
    int lines(Subject subject) {
        Placement placement = subject.placement();
        int most = 0;
        for (int i = 0; i < placement.residues(lineBytes()); i++) {
            Set<Long> lines = new HashSet<>();
            for (FieldRef field : fields(subject.layout())) {
                long residue = i * placement.baseAlignment();
                lines.add(Placement.blockOf(field.bytes().start(), residue, lineBytes()));
                lines.add(Placement.blockOf(field.bytes().end() - 1, residue, lineBytes()));
            }
            most = Math.max(most, lines.size());
        }
        return most;
    }
}
