package dev.faultline.analysis;

import dev.faultline.api.Internal;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A struct whose field types raise suspicions.
 *
 * @param subject the struct
 * @param suspicions how many causes are told of it
 * @param isOfLibrary whether it belongs to the system, the compiler or a package, not to the program
 */
@Internal
public record SuspectedStruct(Subject subject, int suspicions, boolean isOfLibrary) {

    /** Where systems and compilers have the headers and sources of libraries. */
    private static final List<String> ROOTS = List.of("/usr/include/", "/usr/lib/", "/usr/local/include/", "/rustc/");

    /** Where package managers put the sources of libraries. */
    private static final List<String> PACKAGES =
            List.of("/.cargo/registry/", "/.rustup/", "/go/pkg/mod/", "/go/src/runtime/");

    /** Namespaces, crates and packages of libraries that come with compilers. */
    private static final List<String> SCOPES = List.of("std::", "__gnu_cxx::", "core::", "alloc::", "runtime.");

    private static final Comparator<SuspectedStruct> OWN_AND_MOST_FIRST = Comparator.comparing(
                    SuspectedStruct::isOfLibrary)
            .thenComparing(one -> -one.suspicions())
            .thenComparing(one -> one.subject().reference());

    public SuspectedStruct {
        Objects.requireNonNull(subject);
    }

    /**
     * {@return the structs of a source with suspicions: those of the program first, and of these the most suspected}
     */
    public static List<SuspectedStruct> of(SourceAnalysis source) {
        Map<String, List<Subject>> byReference = new LinkedHashMap<>();
        for (Cause cause : source.causes()) {
            if (cause.finding().isSuspicion()) {
                byReference
                        .computeIfAbsent(cause.subject().reference(), any -> new ArrayList<>(1))
                        .add(cause.subject());
            }
        }
        return byReference.values().stream()
                .map(same -> new SuspectedStruct(same.get(0), same.size(), belongsToLibrary(same.get(0))))
                .sorted(OWN_AND_MOST_FIRST)
                .toList();
    }

    private static boolean belongsToLibrary(Subject subject) {
        Optional<String> file = subject.origins().location().map(SourceLocation::file);
        String name = subject.layout().name();
        return SCOPES.stream().anyMatch(name::startsWith)
                || file.filter(SuspectedStruct::isInLibrary).isPresent();
    }

    private static boolean isInLibrary(String file) {
        return ROOTS.stream().anyMatch(file::startsWith) || PACKAGES.stream().anyMatch(file::contains);
    }
}
