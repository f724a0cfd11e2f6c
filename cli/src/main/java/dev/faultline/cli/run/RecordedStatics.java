package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The static fields of classes, which no source lists: those of which a profile tells who uses them, under the name of
 * the class literal.
 */
public final class RecordedStatics {

    private static final String SUFFIX = ".class";

    private RecordedStatics() {}

    /**
     * {@return a selection of classes, and the static fields of those of them that a profile names}
     *
     * @param selection some structs of a source
     * @param source the source
     * @param profile the profile of {@code --profile}
     */
    public static Selection in(Selection selection, LayoutSource source, Optional<Profile> profile) {
        if (profile.isEmpty() || !(source instanceof ClassSource)) {
            return selection;
        }
        Set<String> names = selection.selected().stream()
                .map(one -> one.subject().layout().name())
                .collect(Collectors.toSet());
        List<Subject> statics = new ArrayList<>();
        for (StructProfile struct : profile.get().structs()) {
            String name = struct.struct();
            if (name.endsWith(SUFFIX)
                    && names.contains(name.substring(0, name.length() - SUFFIX.length()))
                    && Selection.find(name, source) instanceof Lookup.Found found) {
                statics.addAll(found.subjects());
            }
        }
        return selection.and(new Selection(Selection.of(statics, source), List.of(), List.of()));
    }
}
