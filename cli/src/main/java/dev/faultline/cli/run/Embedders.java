package dev.faultline.cli.run;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Finds the structs that embed another one, directly or deeper, also in arrays and anonymous members. */
final class Embedders {

    private final String name;
    private final AggregateKind kind;

    /** The layouts of that name that count; empty for all. */
    private final List<StructLayout> layouts;

    private final Map<StructLayout, Boolean> seen = new IdentityHashMap<>();

    private Embedders(List<Subject> inner) {
        Subject first = inner.get(0);
        this.name = first.layout().name();
        this.kind = first.layout().kind();
        this.layouts = first.version().equals(first.release())
                ? List.of()
                : inner.stream().map(Subject::layout).toList();
    }

    /**
     * {@return every struct of the source that embeds one of that name, kind and release, in the order of the source}
     */
    static List<Subject> of(List<Subject> inner, LayoutSource source) {
        Embedders embedders = new Embedders(inner);
        String release = inner.get(0).release();
        return source.all().stream()
                .filter(subject -> subject.release().equals(release))
                .filter(subject -> embedders.embeds(subject.layout()))
                .toList();
    }

    private boolean embeds(StructLayout layout) {
        Boolean known = seen.get(layout);
        if (known == null) {
            known = layout.members().stream().map(Member::type).anyMatch(this::isOrEmbeds);
            seen.put(layout, known);
        }
        return known;
    }

    private boolean isMeant(StructLayout layout) {
        return layout.name().equals(name)
                && layout.kind() == kind
                && (layouts.isEmpty() || layouts.stream().anyMatch(layout::sameBytesAs));
    }

    private boolean isOrEmbeds(FieldType type) {
        FieldType innermost = type;
        while (innermost instanceof FieldType.Array array) {
            innermost = array.element();
        }
        if (innermost instanceof FieldType.Aggregate aggregate) {
            StructLayout layout = aggregate.layout();
            return isMeant(layout) || embeds(layout);
        }
        return innermost instanceof FieldType.Opaque opaque && opaque.spelling().equals(kind.keyword() + " " + name);
    }
}
