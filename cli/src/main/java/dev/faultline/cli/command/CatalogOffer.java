package dev.faultline.cli.command;

import dev.faultline.access.ElementPath;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.Subject;
import java.util.List;

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
        boolean isKnown = versions.stream().anyMatch(one -> one.profile().isPresent());
        if (isKnown || versions.isEmpty()) {
            return;
        }
        String name = versions.get(0).layout().name();
        for (KernelCatalog.Shipped shipped : KernelCatalog.profilesOf(name)) {
            if (isFor(shipped, name, versions)) {
                context.say("the catalogue has a profile of " + name + ": 'faultline profile " + shipped.reference()
                        + " > " + name + ".yaml', then --profile " + name + ".yaml");
                return;
            }
        }
    }

    /** {@return whether all versions have this name, and each field of a profile is in one of them} */
    private static boolean isFor(KernelCatalog.Shipped profile, String name, List<Subject> versions) {
        return versions.stream().allMatch(one -> one.layout().name().equals(name))
                && profile.fields().stream()
                        .allMatch(path -> versions.stream()
                                .anyMatch(one ->
                                        ElementPath.find(one.layout(), path).isPresent()));
    }
}
