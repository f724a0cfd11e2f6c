package dev.faultline.compare;

import dev.faultline.access.Access;
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
 * Brings both layouts under one profile: where only one has a profile it is the other's too. A path that one layout does not
 * have is looked up under its name in the other; an access to what only the other has is left out and noted.
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
                String path = access.field();
                if (layout.resolve(path).isEmpty()) {
                    path = name.apply(path);
                }
                if (layout.resolve(path).isPresent()) {
                    accesses.add(
                            new Access(path, access.kind(), access.gapNanos(), access.ownElement(), access.place()));
                } else if (other.resolve(access.field()).isPresent()) {
                    leftOut.add(access.field());
                } else {
                    accesses.add(access); // neither has it: resolution says so, with the place and the nearest name
                }
            }
            operations.add(new Operation(operation.name(), operation.role(), operation.ratePerSecond(), accesses));
        }
        return new StructProfile(
                profile.struct(), profile.title(), profile.roles(), operations, profile.phases(), profile.source());
    }
}
