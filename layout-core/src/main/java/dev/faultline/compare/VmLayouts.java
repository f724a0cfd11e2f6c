package dev.faultline.compare;

import dev.faultline.access.FieldUse;
import dev.faultline.analysis.Analysis;
import dev.faultline.api.Internal;
import dev.faultline.hazard.Finding;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class as several Java VMs lay it out.
 *
 * @param variants the different layouts, in the order of their first VM
 */
@Internal
public record VmLayouts(List<Variant> variants) {

    /** Up to this many fields, all are of interest. */
    private static final int FEW_FIELDS = 6;

    /**
     * A Java VM.
     *
     * @param mode its name, such as {@code "25-coh"}
     * @param reserve what its rules rest on, when no VM of that version was compared with
     */
    public record Vm(String mode, Optional<String> reserve) implements Comparable<Vm> {
        public Vm {
            Objects.requireNonNull(mode);
            Objects.requireNonNull(reserve);
        }

        /** Older versions come first. */
        @Override
        public int compareTo(Vm other) {
            return Comparator.comparingInt(Vm::feature).thenComparing(Vm::mode).compare(this, other);
        }

        private int feature() {
            return Integer.parseInt(mode.split("\\D", 2)[0]);
        }
    }

    /**
     * The layout that one or more VMs have in common.
     *
     * @param vms the VMs
     * @param analysis its analysis
     */
    public record Variant(List<Vm> vms, Analysis analysis) {
        public Variant {
            vms = List.copyOf(vms);
            Objects.requireNonNull(analysis);
        }

        /** {@return the names of the VMs: {@code "8, 11"}} */
        public String names() {
            return vms.stream().map(Vm::mode).collect(Collectors.joining(", "));
        }

        /** {@return the field of that path} */
        public Optional<Slot.Field> field(String path) {
            return layout().slots().stream()
                    .filter(Slot.Field.class::isInstance)
                    .map(Slot.Field.class::cast)
                    .filter(field -> field.path().equals(path))
                    .findFirst();
        }

        /** {@return the bytes before a field that no field uses, padding included} */
        public long unusedBefore(Slot.Field field) {
            long end = busy(layout())
                    .filter(other -> other.byteOffset() < field.byteOffset())
                    .mapToLong(other -> other.byteOffset() + other.byteSize())
                    .max()
                    .orElse(0);
            return field.byteOffset() - end;
        }

        /** {@return the bytes behind a field, to the next field or the end of the object} */
        public long unusedAfter(Slot.Field field) {
            long start = busy(layout())
                    .filter(other -> other.byteOffset() > field.byteOffset())
                    .mapToLong(Slot::byteOffset)
                    .min()
                    .orElse(layout().byteSize());
            return start - field.byteOffset() - field.byteSize();
        }

        /**
         * {@return whether a field has its cache line for itself, wherever the object stands: neither the header, nor
         *     another field, nor the object behind is ever on it}
         */
        public boolean isAlone(Slot.Field field) {
            ByteRange behind = ByteRange.ofSize(layout().byteSize(), 1);
            return Stream.concat(
                            busy(layout()).filter(other -> !other.equals(field)).map(Slot::bytes), Stream.of(behind))
                    .allMatch(other -> analysis.subject()
                            .placement()
                            .meeting(
                                    field.bytes(),
                                    other,
                                    analysis.machine().lineBytes().value())
                            .never());
        }

        private StructLayout layout() {
            return analysis.subject().layout();
        }
    }

    public VmLayouts {
        variants = List.copyOf(variants);
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("no VM");
        }
    }

    /**
     * {@return the layouts of a class, those that are the same as one}
     *
     * @param byVm the layout of each VM
     */
    public static VmLayouts of(List<Variant> byVm) {
        List<Variant> variants = new ArrayList<>();
        for (Variant next : byVm) {
            int same = 0;
            while (same < variants.size() && !isSame(variants.get(same).analysis, next.analysis)) {
                same++;
            }
            if (same == variants.size()) {
                variants.add(next);
            } else {
                List<Vm> vms = new ArrayList<>(variants.get(same).vms);
                vms.addAll(next.vms);
                variants.set(same, new Variant(vms, variants.get(same).analysis));
            }
        }
        return new VmLayouts(variants);
    }

    private static boolean isSame(Analysis one, Analysis other) {
        return SourceMatches.isSame(one.subject().layout(), other.subject().layout())
                && one.subject().placement().baseAlignment()
                        == other.subject().placement().baseAlignment()
                && rules(one).equals(rules(other));
    }

    /** {@return the rules that fired} */
    private static Set<String> rules(Analysis analysis) {
        return analysis.findings().stream().map(Finding::rule).collect(Collectors.toSet());
    }

    /** {@return the class} */
    public String reference() {
        return variants.get(0).analysis.subject().reference();
    }

    /** {@return whether the VMs differ in the rules that fire} */
    public boolean differsInFindings() {
        return variants.stream()
                        .map(variant -> rules(variant.analysis))
                        .distinct()
                        .count()
                > 1;
    }

    /** {@return the fields of interest that have a cache line for themselves on some VM, but not on all} */
    public List<String> fieldsAloneOnSome() {
        return fieldsOfInterest().stream()
                .filter(path -> {
                    long alone = variants.stream()
                            .filter(variant ->
                                    variant.field(path).filter(variant::isAlone).isPresent())
                            .count();
                    return alone > 0 && alone < variants.size();
                })
                .toList();
    }

    /**
     * {@return the paths of the fields of interest, by their place in the first layout: all but padding when they are
     *     few, else those that are written or found fault with, at most as many}
     */
    public List<String> fieldsOfInterest() {
        List<String> all = busy(variants.get(0).layout())
                .map(Slot.Field::path)
                .filter(path -> !path.startsWith("("))
                .toList();
        if (all.size() <= FEW_FIELDS) {
            return all;
        }
        Set<String> hot = variants.stream()
                .flatMap(variant -> variant.analysis.access().uses().stream())
                .filter(use -> use.kind().writes())
                .map(FieldUse::field)
                .map(field -> field.path())
                .collect(Collectors.toSet());
        variants.stream()
                .flatMap(variant -> variant.analysis.findings().stream())
                .map(Finding::fields)
                .forEach(fields -> hot.addAll(fields.subList(0, Math.min(1, fields.size()))));
        List<String> chosen =
                all.stream().filter(hot::contains).limit(FEW_FIELDS).toList();
        return chosen.isEmpty() ? all.subList(0, FEW_FIELDS) : chosen;
    }

    private static Stream<Slot.Field> busy(StructLayout layout) {
        return layout.slots().stream()
                .filter(Slot.Field.class::isInstance)
                .map(Slot.Field.class::cast)
                .filter(field -> !field.isPadding());
    }
}
