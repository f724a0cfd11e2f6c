package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.layout.FieldRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which role uses which bytes of one layout: a profile, or a guess from the field types, resolved against the layout.
 */
@Internal
public final class AccessMap {

    private final Certainty certainty;
    private final String source;
    private final List<FieldUse> uses;
    private final List<Phase> phases;
    private final Optional<Observation> observation;
    private final List<FieldActivity> activities;
    /** The phases of each role that is bound to any, by number. */
    private final Map<String, BitSet> phasesOf = new HashMap<>();

    /**
     * @param certainty how most of the uses are known
     * @param source title and source of the profile, or {@code "types of the fields"}
     * @param uses every use, operations in the order of the profile
     * @param phases which roles never run together
     */
    public AccessMap(Certainty certainty, String source, List<FieldUse> uses, List<Phase> phases) {
        this(certainty, source, uses, phases, Optional.empty());
    }

    /**
     * @param certainty how most of the uses are known
     * @param source title and source of the profile, or {@code "types of the fields"}
     * @param uses every use, operations in the order of the profile
     * @param phases which roles never run together
     * @param observation the run in which the uses were seen; empty when they were not
     */
    public AccessMap(
            Certainty certainty,
            String source,
            List<FieldUse> uses,
            List<Phase> phases,
            Optional<Observation> observation) {
        this.observation = Objects.requireNonNull(observation);
        this.certainty = Objects.requireNonNull(certainty);
        this.source = Objects.requireNonNull(source);
        this.uses = List.copyOf(uses);
        this.phases = List.copyOf(phases);
        this.activities = group(this.uses);
        for (int phase = 0; phase < phases.size(); phase++) {
            for (String role : phases.get(phase).roles()) {
                phasesOf.computeIfAbsent(role, any -> new BitSet()).set(phase);
            }
        }
    }

    /** {@return a map without uses} */
    public static AccessMap none() {
        return new AccessMap(Certainty.INFERRED, "types of the fields", List.of(), List.of());
    }

    private static List<FieldActivity> group(List<FieldUse> uses) {
        if (uses.isEmpty()) {
            return List.of();
        }
        Map<FieldRef, List<FieldUse>> byField = new LinkedHashMap<>(uses.size() * 2);
        for (FieldUse use : uses) {
            byField.computeIfAbsent(use.field(), field -> new ArrayList<>(2)).add(use);
        }
        List<FieldActivity> activities = new ArrayList<>(byField.size());
        byField.forEach((field, all) -> {
            List<FieldUse> reads = new ArrayList<>(1);
            List<FieldUse> writes = new ArrayList<>(1);
            for (FieldUse use : all) {
                (use.kind().writes() ? writes : reads).add(use);
            }
            activities.add(new FieldActivity(field, reads, writes));
        });
        activities.sort((one, other) -> { // by hand, since comparators of the JDK are linked at run time
            int byBytes = one.field().bytes().compareTo(other.field().bytes());
            return byBytes != 0
                    ? byBytes
                    : one.field().path().compareTo(other.field().path());
        });
        return List.copyOf(activities);
    }

    /** {@return how most of the uses are known} */
    public Certainty certainty() {
        return certainty;
    }

    /** {@return title and source of the profile, or {@code "types of the fields"}} */
    public String source() {
        return source;
    }

    /** {@return the run in which the uses were seen; empty when they were not} */
    public Optional<Observation> observation() {
        return observation;
    }

    /** {@return the same accesses by other uses} */
    public AccessMap withUses(List<FieldUse> others) {
        return new AccessMap(certainty, source, others, phases, observation);
    }

    /** {@return every use, operations in the order of the profile} */
    public List<FieldUse> uses() {
        return uses;
    }

    /** {@return whether an operation is done as fast as it can be} */
    public boolean isAtFullRate(String role, String operation) {
        return uses.stream()
                .anyMatch(use -> use.manner().isAtFullRate()
                        && use.operation().equals(operation)
                        && use.role().name().equals(role));
    }

    /** {@return whether a profile states how often each use happens} */
    public boolean isRated() {
        return certainty.isOfProfile() && uses.stream().allMatch(FieldUse::hasRate);
    }

    /**
     * {@return whether costs can be told: at the rates of a profile, or for a guess from types at assumed ones. Code
     * and profiles without rates tell which uses can meet, and no more}
     */
    public boolean isPriced() {
        return certainty == Certainty.INFERRED || isRated();
    }

    /** {@return which roles never run together} */
    public List<Phase> phases() {
        return phases;
    }

    /** {@return the uses grouped by field, in order of offset} */
    public List<FieldActivity> activities() {
        return activities;
    }

    /**
     * Whether two uses can meet: on different CPUs, at the same time.
     *
     * @param one a use
     * @param other another use, or the same
     * @param machineCpus number of CPUs of the machine
     * @return whether a CPU can do one while another CPU does the other
     */
    public boolean meet(FieldUse one, FieldUse other, int machineCpus) {
        Role role = one.role();
        if (role.equals(other.role())) {
            return role.cpus().count(machineCpus) > 1;
        }
        boolean sameSingleCpu = role.cpus().equals(other.role().cpus())
                && role.cpus() instanceof Cpus.Listed listed
                && listed.ids().size() == 1;
        return !sameSingleCpu && machineCpus > 1 && isConcurrent(role, other.role());
    }

    /**
     * {@return the CPUs that several roles list which can run at the same time, such as {@code "CPU 3 by sender and
     * receiver"}; each does the operations of its roles in turn}
     */
    public List<String> sharedCpus() {
        Map<Integer, Set<Role>> listing = new TreeMap<>();
        for (Role role : uses.stream().map(FieldUse::role).distinct().toList()) {
            if (role.cpus() instanceof Cpus.Listed listed) {
                listed.ids()
                        .forEach(cpu -> listing.computeIfAbsent(cpu, any -> new LinkedHashSet<>())
                                .add(role));
            }
        }
        List<String> shared = new ArrayList<>();
        listing.forEach((cpu, all) -> {
            List<String> roles = all.stream()
                    .filter(one -> all.stream().anyMatch(other -> !one.equals(other) && isConcurrent(one, other)))
                    .map(Role::name)
                    .toList();
            if (!roles.isEmpty()) {
                shared.add("CPU " + cpu + " by " + String.join(" and ", roles));
            }
        });
        return shared;
    }

    /** Whether two roles can run at the same time: some phase has both, or one is bound to no phase. */
    private boolean isConcurrent(Role role, Role other) {
        BitSet ofRole = phasesOf.get(role.name());
        BitSet ofOther = phasesOf.get(other.name());
        return ofRole == null || ofOther == null || ofRole.intersects(ofOther);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof AccessMap other
                && certainty == other.certainty
                && source.equals(other.source)
                && uses.equals(other.uses)
                && observation.equals(other.observation)
                && phases.equals(other.phases);
    }

    @Override
    public int hashCode() {
        return Objects.hash(certainty, source, uses, phases);
    }
}
