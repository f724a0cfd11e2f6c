package dev.faultline.source.llvm.code;

import dev.faultline.access.code.CodePlace;
import dev.faultline.source.llvm.text.Metadata;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Where instructions come from in the source. */
final class SourcePlaces {

    private static final int DEEPEST = 64;

    /** Functions around one atomic instruction, of which the caller tells more. */
    private static final Pattern ATOMIC =
            Pattern.compile("(?i)(?:\\w*_)?atomic\\w*|ck_pr_\\w+|refcount_\\w+|arch_\\w+|instrument_\\w+");

    private final Metadata metadata;
    private final Map<Integer, CodePlace> known = new HashMap<>();
    /** By identity, which is enough: there is one place for each location. */
    private final Map<CodePlace, Boolean> libraries = new IdentityHashMap<>();

    SourcePlaces(Metadata metadata) {
        this.metadata = metadata;
    }

    /** {@return the place of an instruction, of an inlined one in the function that was inlined} */
    CodePlace of(int location, CodePlace otherwise) {
        if (!metadata.is(location, "DILocation")) {
            return otherwise;
        }
        CodePlace place = known.get(location);
        if (place == null) {
            place = outsideOfLibraries(location);
            known.put(location, place);
        }
        return place;
    }

    /** {@return the place of an instruction; of one that is inlined from a library, that of the call} */
    private CodePlace outsideOfLibraries(int location) {
        CodePlace innermost = make(location);
        CodePlace place = innermost;
        int at = location;
        for (int depth = 0; depth < DEEPEST && isLibrary(place); depth++) {
            at = metadata.reference(at, "inlinedAt");
            if (!metadata.is(at, "DILocation")) {
                return innermost;
            }
            place = make(at);
        }
        return isLibrary(place) ? innermost : place;
    }

    /** {@return whether a place is in a library, or in a function around one instruction} */
    boolean isLibrary(CodePlace place) {
        Boolean known = libraries.get(place);
        if (known == null) {
            known = isInLibrary(place);
            libraries.put(place, known);
        }
        return known;
    }

    private static boolean isInLibrary(CodePlace place) {
        String file = place.file();
        return ATOMIC.matcher(place.function()).matches()
                || file.startsWith("/usr/include/")
                || file.startsWith("/usr/lib/")
                || file.startsWith("/usr/bin/../")
                || file.startsWith("/usr/local/include/")
                || file.startsWith("/rustc/")
                || file.startsWith("library/core/")
                || file.startsWith("library/std/")
                || file.startsWith("library/alloc/")
                || file.contains("/rustlib/src/");
    }

    private CodePlace make(int location) {
        int scope = metadata.reference(location, "scope");
        String file = "";
        for (int depth = 0; depth < DEEPEST && !metadata.is(scope, "DISubprogram"); depth++) {
            if (file.isEmpty()) {
                file = file(scope);
            }
            scope = metadata.reference(scope, "scope");
        }
        return new CodePlace(
                "", name(scope), line(metadata.number(location, "line", 0)), file.isEmpty() ? file(scope) : file);
    }

    /** {@return where a function is} */
    CodePlace ofFunction(int subprogram, String linkName) {
        if (!metadata.is(subprogram, "DISubprogram")) {
            return new CodePlace("", linkName, OptionalInt.empty());
        }
        return new CodePlace("", name(subprogram), line(metadata.number(subprogram, "line", 0)), file(subprogram));
    }

    private static OptionalInt line(long line) {
        return line > 0 && line <= Integer.MAX_VALUE ? OptionalInt.of((int) line) : OptionalInt.empty();
    }

    private String name(int subprogram) {
        String name = metadata.text(subprogram, "name");
        return name.isEmpty() ? metadata.text(subprogram, "linkageName") : name;
    }

    private String file(int scope) {
        String name = metadata.text(metadata.reference(scope, "file"), "filename");
        return name.startsWith("./") ? name.substring(2) : name;
    }
}
