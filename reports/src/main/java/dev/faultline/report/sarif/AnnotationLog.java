package dev.faultline.report.sarif;

import dev.faultline.hazard.Severity;
import dev.faultline.input.VisibleText;
import java.io.IOException;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Results as workflow commands of GitHub, one a line: {@code ::warning file=a.c,line=3,title=RULE in struct::message}.
 * A step that prints them shows them at the lines of a pull request, the first ten of each severity. The worst come
 * first; what is gone since the layout compared with is left out, and what was said already, as one finding on two
 * pairs of fields is.
 */
final class AnnotationLog implements ResultLog {

    private final Writer out;
    private final ResultPlaces places;
    private final WorstResults results = new WorstResults();

    /**
     * Begins a log.
     *
     * @param out where to; not closed
     * @param sourceRoot the root of the repository
     */
    AnnotationLog(Writer out, Path sourceRoot) {
        this.out = out;
        places = new ResultPlaces(sourceRoot);
    }

    @Override
    public void add(SarifResult result) {
        if (result.isNew().orElse(true)) {
            results.add(result);
        }
    }

    @Override
    public void end() throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        for (SarifResult result : results.worstFirst()) {
            lines.add("::" + command(result.severity()) + " " + place(places.of(result)) + "title="
                    + property(result.rule() + " in " + result.struct()) + "::" + message(result.message()) + "\n");
        }
        for (String line : lines) {
            out.write(line);
        }
        out.flush();
    }

    /** A file outside of the repository has an absolute URI, and GitHub no line to show. */
    private static String place(ResultPlaces.Place place) {
        if (place.uri().startsWith("file:")) {
            return "";
        }
        String path = URLDecoder.decode(place.uri().replace("+", "%2B"), StandardCharsets.UTF_8);
        return "file=" + property(path) + ",line=" + place.line() + ",";
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }

    private static String message(String text) {
        return VisibleText.of(text).replace("%", "%25");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
