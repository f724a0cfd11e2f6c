package dev.faultline.report.build;

import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Rates;
import dev.faultline.layout.BitField;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.PaddingLayer;
import dev.faultline.layout.Slot;
import dev.faultline.report.document.StructLines;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the line map of an analysis: roles are numbered, and each way of using a field is described once. */
public final class StructLinesBuilder {

    private final Analysis analysis;
    private final String name;
    private final List<String> roles;
    private final List<FieldUse> known = new ArrayList<>();

    private StructLinesBuilder(Analysis analysis, String name) {
        this.analysis = analysis;
        this.name = name;
        // In the order of the profile, so that two layouts under one profile number them alike; writers come first.
        Set<String> names = new LinkedHashSet<>();
        analysis.access().uses().stream()
                .filter(use -> use.kind().writes())
                .forEach(use -> names.add(use.role().name()));
        analysis.access().uses().forEach(use -> names.add(use.role().name()));
        roles = List.copyOf(names);
    }

    /** {@return the line map of a struct} */
    public static StructLines of(Analysis analysis) {
        return of(analysis, analysis.subject().reference());
    }

    /** {@return the line map of a struct, under another name} */
    public static StructLines of(Analysis analysis, String name) {
        return new StructLinesBuilder(analysis, name).build();
    }

    private StructLines build() {
        List<StructLines.Touch> touches =
                analysis.access().activities().stream().map(this::touch).toList();
        return new StructLines(
                name,
                analysis.subject().layout().byteSize(),
                analysis.machine().lineBytes().value(),
                analysis.subject().placement().baseAlignment(),
                new StructWords(analysis).placement(),
                analysis.access().certainty().word(),
                analysis.access().certainty().isOfProfile(),
                items(),
                roles,
                known.stream()
                        .map(use -> new StructLines.Use(
                                roles.indexOf(use.role().name()),
                                use.kind().writes(),
                                words(use),
                                use.evidence().counts().count(),
                                use.hasRate() && use.certainty().isOfProfile() ? use.ratePerSecond() : 0))
                        .toList(),
                touches);
    }

    private static final String NOT_SHOWN = "(not shown)";

    /** The slots; padding fields side by side are one item, unless something uses them. */
    private List<StructLines.Item> items() {
        Map<Slot, PaddingLayer> merged = new IdentityHashMap<>();
        for (PaddingLayer layer : PaddingLayer.of(analysis.subject().layout(), this::isUnused)) {
            layer.fields().forEach(field -> merged.put(field, layer));
        }
        List<StructLines.Item> items = new ArrayList<>();
        for (Slot slot : analysis.subject().layout().slots()) {
            PaddingLayer layer = merged.get(slot);
            if (layer == null) {
                items.add(item(slot));
            } else if (layer.fields().get(0) == slot) {
                ByteRange bytes = layer.bytes();
                items.add(new StructLines.Item(
                        StructLines.Kind.FIELD,
                        layer.words(),
                        layer.fields().get(0).type().spelling(),
                        bytes.start(),
                        bytes.byteSize(),
                        bytes,
                        0,
                        0));
            }
        }
        return items;
    }

    private boolean isUnused(Slot.Field field) {
        return analysis.access().activities().stream()
                .noneMatch(activity -> activity.field().bytes().overlaps(field.bytes()));
    }

    private StructLines.Item item(Slot slot) {
        int bitOffset = slot.bits().map(BitField::bitOffset).orElse(0);
        int bitSize = slot.bits().map(BitField::bitSize).orElse(0);
        StructLines.Kind kind = StructLines.Kind.FIELD;
        String path;
        String type = "";
        if (slot instanceof Slot.Field field) {
            path = field.path();
            type = field.type().spelling();
        } else if (slot instanceof Slot.Hole hole) {
            kind = StructLines.Kind.HOLE;
            path = hole.owner();
        } else if (slot instanceof Slot.NotShown bytes) {
            path = bytes.owner().isEmpty() ? NOT_SHOWN : bytes.owner() + " " + NOT_SHOWN;
            type = "not shown in the source";
        } else {
            kind = StructLines.Kind.PADDING;
            path = ((Slot.Padding) slot).owner();
        }
        return new StructLines.Item(
                kind, path, type, slot.byteOffset(), slot.byteSize(), slot.bytes(), bitOffset, bitSize);
    }

    private StructLines.Touch touch(FieldActivity activity) {
        List<Integer> uses = new ArrayList<>(1);
        activity.writes().forEach(use -> uses.add(number(use)));
        activity.reads().forEach(use -> uses.add(number(use)));
        return new StructLines.Touch(activity.field().path(), activity.field().bytes(), activity.isWritten(), uses);
    }

    /** A struct of a thousand fields has few ways to use them; those come one after the other. */
    private int number(FieldUse use) {
        for (int i = known.size() - 1; i >= 0; i--) {
            if (isSame(known.get(i), use)) {
                return i;
            }
        }
        known.add(use);
        return known.size() - 1;
    }

    private static boolean isSame(FieldUse a, FieldUse b) {
        return a.kind() == b.kind()
                && a.evidence().equals(b.evidence())
                && Double.compare(a.ratePerSecond(), b.ratePerSecond()) == 0
                && a.role().name().equals(b.role().name())
                && a.basis().equals(b.basis());
    }

    private static String words(FieldUse use) {
        return use.kind().word() + " by " + use.role().name() + Rates.words(use, use.ratePerSecond())
                + ObservedAccess.words(use.evidence().counts())
                + (use.hasRate() && !use.manner().isAtFullRate() ? " a CPU" : "") + ": " + use.basis() + " ("
                + use.certainty().word() + ")";
    }
}
