package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ArrayInField;
import dev.faultline.source.jvm.ClassSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What belongs to classes and no source lists, where a profile tells who uses it: the static fields of a class, under
 * the name of the class literal, and the arrays that are in a field of a class.
 */
public final class RecordedParts {

    private static final String STATICS = ".class";

    private RecordedParts() {}

    /**
     * {@return a selection of classes, and the parts of them that a profile names}
     *
     * @param selection some structs of a source
     * @param source the source
     * @param profile the profile of {@code --profile}
     */
    public static Selection in(Selection selection, LayoutSource source, Optional<Profile> profile) {
        if (profile.isEmpty() || !(source instanceof ClassSource)) {
            return selection;
        }
        Set<String> classes = selection.selected().stream()
                .map(one -> one.subject().layout().name())
                .collect(Collectors.toSet());
        List<Subject> parts = new ArrayList<>();
        for (StructProfile struct : profile.get().structs()) {
            String name = struct.struct();
            if (name.endsWith(STATICS) && classes.contains(name.substring(0, name.length() - STATICS.length()))) {
                parts.addAll(found(name, source));
            }
            ArrayInField.of(name)
                    .filter(array -> classes.contains(array.className()))
                    .ifPresent(array -> found(array.spelling(struct), source).stream()
                            .map(array::named)
                            .forEach(parts::add));
        }
        return selection.and(new Selection(Selection.of(parts, source), List.of(), List.of()));
    }

    private static List<Subject> found(String name, LayoutSource source) {
        return Selection.find(name, source) instanceof Lookup.Found found ? found.subjects() : List.of();
    }
}
