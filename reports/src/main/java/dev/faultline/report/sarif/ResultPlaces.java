package dev.faultline.report.sarif;

import dev.faultline.source.SourceLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where results are: a line of a file, named as seen from the root of the repository. */
final class ResultPlaces {

    private final ArtifactUris uris;

    /**
     * Makes the places below a directory.
     *
     * @param sourceRoot the root of the repository
     */
    ResultPlaces(Path sourceRoot) {
        uris = new ArtifactUris(sourceRoot);
    }

    /**
     * A line of a file.
     *
     * @param uri the file, relative to the root of the repository where it is below it
     * @param line the line, from 1
     */
    record Place(String uri, int line) {}

    /**
     * {@return the declaration of the field at fault, else of the struct: the first of them that is below the source
     *     root; where neither is declared in a known file, the file that the layout was read from}
     */
    Place of(SarifResult result) {
        List<SarifDeclaration> known = result.declarations();
        if (known.isEmpty()) {
            return new Place(
                    uris.of(result.provenance(), result.struct()),
                    result.provenance().line().orElse(1));
        }
        SourceLocation first = known.get(0).location();
        SarifDeclaration last = known.get(known.size() - 1);
        SourceLocation struct = last.name().isEmpty() ? last.location() : first;
        return Stream.of(first, struct)
                .flatMap(one -> uris.below(one).map(uri -> place(uri, one, struct)).stream())
                .findFirst()
                .orElseGet(() -> place(uris.asRecorded(first), first, struct));
    }

    /** {@return a declaration whose line is known} */
    Place of(SourceLocation declared) {
        return new Place(uris.below(declared).orElseGet(() -> uris.asRecorded(declared)), declared.line());
    }

    /** GitHub wants a line: that of the struct, or the first, for a field without one. */
    private static Place place(String uri, SourceLocation one, SourceLocation struct) {
        int line = one.line() == 0 && one.file().equals(struct.file()) ? struct.line() : one.line();
        return new Place(uri, Math.max(1, line));
    }
}
