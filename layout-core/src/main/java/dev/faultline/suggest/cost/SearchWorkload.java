package dev.faultline.suggest.cost;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Cpus;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Role;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.machine.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workload by which a search compares layouts, and the machine it runs on.
 *
 * <p>Where costs can be told ({@link AccessMap#isPriced}), both are the user's. Where code or a profile without rates
 * tells only which uses can meet, each role gets two CPUs of its own: so what two roles touch is kept apart, as the
 * findings ask, and a role's threads still share what they share. A store waits for its line there: at unknown rates,
 * one that goes on at once would cost nothing, however often others take its line.
 *
 * @param access the uses, with the CPUs of their roles
 * @param machine the machine
 * @param workload the workload
 */
public record SearchWorkload(AccessMap access, Machine machine, Workload workload) {

    private static final int CPUS_OF_A_ROLE = 2;

    /** {@return the workload for a search} */
    public static SearchWorkload of(AccessMap access, Machine machine) {
        if (access.isPriced() || access.uses().isEmpty()) {
            return new SearchWorkload(
                    access, machine, Workload.of(access, machine.cpus().value()));
        }
        Map<Role, Role> apart = new LinkedHashMap<>();
        for (FieldUse use : access.uses()) {
            apart.computeIfAbsent(use.role(), role -> new Role(role.name(), cpus(role)));
        }
        List<FieldUse> uses = access.uses().stream()
                .map(use -> waiting(use).withRole(apart.get(use.role())))
                .toList();
        AccessMap moved = new AccessMap(access.certainty(), access.source(), uses, access.phases());
        int cpus = apart.values().stream()
                .mapToInt(role -> role.cpus().count(CPUS_OF_A_ROLE))
                .sum();
        Machine large = machine.withCpus(cpus, "CPUs of its own for each role");
        return new SearchWorkload(moved, large, Workload.of(moved, cpus));
    }

    private static FieldUse waiting(FieldUse use) {
        return use.kind() == AccessKind.WRITE ? use.withKind(AccessKind.VOLATILE_WRITE) : use;
    }

    private static Cpus cpus(Role role) {
        return role.cpus() instanceof Cpus.All ? new Cpus.Count(CPUS_OF_A_ROLE) : role.cpus();
    }

    /** {@return the model of its costs} */
    public CostModel model() {
        return new CostModel(machine);
    }
}
