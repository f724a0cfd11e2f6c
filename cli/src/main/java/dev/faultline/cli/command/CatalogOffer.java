package dev.faultline.cli.command;

import dev.faultline.access.Access;
import dev.faultline.access.ElementPath;
import dev.faultline.access.StructProfile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;

/** Offers the profile that the catalogue has for a struct of the same name from another source. */
final class CatalogOffer {

    private CatalogOffer() {}

    /**
     * Says how to use the catalogue's profile, where there is one that names fields of the struct and none is used.
     *
     * @param versions the struct, or its two versions
     * @param options how it is analysed
     * @param context where to say it
     */
    static void say(List<Subject> versions, AnalysisOptions options, CliContext context) {
        if (options.profile().isPresent() || !options.shippedProfiles()) {
            return;
        }
        fitting(versions).ifPresent(shipped -> {
            String name = shipped.layout().name();
            context.say("the catalogue has a profile of " + name + ": 'faultline profile " + shipped.reference() + " > "
                    + name + ".yaml', then --profile " + name + ".yaml");
        });
    }

    /** {@return the newest struct of the catalogue that has this name and whose profile names only known fields} */
    private static Optional<Subject> fitting(List<Subject> versions) {
        boolean isKnown = versions.stream().anyMatch(one -> one.profile().isPresent());
        if (isKnown || versions.isEmpty()) {
            return Optional.empty();
        }
        String name = versions.get(0).layout().name();
        if (versions.stream().anyMatch(one -> !one.layout().name().equals(name))) {
            return Optional.empty();
        }
        return new KernelCatalog()
                .newestFirst(name)
                .filter(shipped -> isFor(shipped.profile().orElseThrow(), versions))
                .findFirst();
    }

    private static boolean isFor(StructProfile profile, List<Subject> versions) {
        return profile.operations().stream()
                .flatMap(operation -> operation.accesses().stream())
                .map(Access::field)
                .allMatch(path -> versions.stream()
                        .anyMatch(one -> ElementPath.find(one.layout(), path).isPresent()));
    }
}
