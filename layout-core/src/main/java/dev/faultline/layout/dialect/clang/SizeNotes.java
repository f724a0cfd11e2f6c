package dev.faultline.layout.dialect.clang;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells which types have a size that clang does not print. */
final class SizeNotes {

    private static final int MOST_NAMED = 5;

    private SizeNotes() {}

    static List<String> of(Map<String, ByteBounds> notKnown) {
        if (notKnown.isEmpty()) {
            return List.of();
        }
        String names = notKnown.keySet().stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = notKnown.size() - MOST_NAMED;
        return List.of("clang prints no sizes, and those of " + names + (more > 0 ? " and " + more + " more" : "")
                + " do not follow from the text: the bytes that may belong to them are shown as not known; with"
                + " -Xclang -fdump-record-layouts-canonical clang prints what typedefs stand for");
    }
}
