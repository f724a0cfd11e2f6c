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
    private final Map<StructLayout, Boolean> seen = new IdentityHashMap<>();

    private Embedders(StructLayout inner) {
        this.name = inner.name();
        this.kind = inner.kind();
    }

    /**
     * {@return every struct of the source that embeds one of that name, kind and version, in the order of the source}
     */
    static List<Subject> of(List<Subject> inner, LayoutSource source) {
        Embedders embedders = new Embedders(inner.get(0).layout());
        String version = inner.get(0).version();
        return source.all().stream()
                .filter(subject -> subject.version().equals(version))
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

    private boolean isOrEmbeds(FieldType type) {
        FieldType innermost = type;
        while (innermost instanceof FieldType.Array array) {
            innermost = array.element();
        }
        if (innermost instanceof FieldType.Aggregate aggregate) {
            StructLayout layout = aggregate.layout();
            return layout.name().equals(name) && layout.kind() == kind || embeds(layout);
        }
        return innermost instanceof FieldType.Opaque opaque && opaque.spelling().equals(kind.keyword() + " " + name);
    }
}
