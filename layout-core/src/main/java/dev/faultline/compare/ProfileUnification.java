package dev.faultline.compare;

import dev.faultline.access.Access;
import dev.faultline.access.ElementPath;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives both layouts the same profile: where only one has a profile, the other gets it too. A path that one layout
 * lacks is replaced by its path there under another name; an access to a field that only the other has is left out.
 *
 * @param before the old layout with its profile
 * @param after the new layout with its profile
 * @param leftOut fields whose accesses were left out on one side
 */
record ProfileUnification(Subject before, Subject after, Set<String> leftOut) {

    static ProfileUnification of(Subject before, Subject after, FieldMatcher matching) {
        Optional<StructProfile> old = before.profile().or(after::profile);
        Optional<StructProfile> young = after.profile().or(before::profile);
        if (old.isEmpty()) {
            return new ProfileUnification(before, after, Set.of());
        }
        Set<String> leftOut = new LinkedHashSet<>();
        StructProfile oldProfile = fit(old.get(), before.layout(), after.layout(), matching::before, leftOut);
        StructProfile youngProfile = fit(young.get(), after.layout(), before.layout(), matching::after, leftOut);
        return new ProfileUnification(
                before.withProfile(Optional.of(oldProfile)), after.withProfile(Optional.of(youngProfile)), leftOut);
    }

    private static StructProfile fit(
            StructProfile profile,
            StructLayout layout,
            StructLayout other,
            UnaryOperator<String> name,
            Set<String> leftOut) {
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : profile.operations()) {
            List<Access> accesses = new ArrayList<>();
            for (Access access : operation.accesses()) {
                Access here = access.renamed(path -> pathIn(layout, path, name));
                if (ElementPath.find(layout, here.field()).isPresent()) {
                    accesses.add(here);
                } else if (ElementPath.find(other, access.field()).isPresent()) {
                    leftOut.add(access.field());
                } else {
                    accesses.add(access); // neither has it: resolving the profile reports it with its place
                }
            }
            operations.add(new Operation(operation.name(), operation.role(), operation.ratePerSecond(), accesses));
        }
        return new StructProfile(
                profile.struct(),
                profile.title(),
                profile.roles(),
                operations,
                profile.phases(),
                profile.source(),
                profile.observation());
    }

    /** {@return the path, or its other name where the layout has nothing under it} */
    private static String pathIn(StructLayout layout, String path, UnaryOperator<String> name) {
        return ElementPath.find(layout, path).isPresent() ? path : name.apply(path);
    }
}
