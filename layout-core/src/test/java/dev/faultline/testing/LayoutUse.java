package dev.faultline.testing;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.machine.Machines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the program does with a layout that was read: it is analysed by every rule, and written. */
public final class LayoutUse {

    private static final Analyzer ANALYZER = new Analyzer(Machines.x86(), Catalog.RULES);
    private static final int MOST_LOOKED_UP = 20;

    private LayoutUse() {}

    /** {@return what every rule has found} */
    public static Analysis analysed(Subject subject) {
        return ANALYZER.analyze(subject);
    }

    /** {@return the layout in pahole's dialect} */
    public static String written(StructLayout layout) {
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(layout, NotationStyle.plain(64), text);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return text.toString();
    }

    /** Lists a source, asks it for some of its names and for one it does not have, and uses all its structs. */
    public static void all(LayoutSource source) {
        List<LayoutSource.Entry> entries = source.entries();
        entries.stream().limit(MOST_LOOKED_UP).forEach(entry -> source.find(entry.name()));
        source.find("no such name");
        for (Subject subject : source.all()) {
            analysed(subject);
            written(subject.layout());
        }
    }
}
