package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.Selection;
import dev.faultline.compare.VmLayouts;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays the classes of a run out as every usual VM does. */
final class VmSurvey {

    private final AnalysisOptions options;
    private final boolean all;
    private final CliContext context;
    private final Map<Subject, List<VmLayouts.Variant>> variants = new IdentityHashMap<>();

    /** What sources say that they do not say of the running VM. */
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * Prepares a survey.
     *
     * @param options how classes are analysed
     * @param all whether suspicions count
     * @param context where progress is shown
     */
    VmSurvey(AnalysisOptions options, boolean all, CliContext context) {
        this.options = options;
        this.all = all;
        this.context = context;
    }

    /**
     * {@return the layouts of each class, in order}
     *
     * @throws UsageException when something is selected that is no class
     */
    List<VmLayouts> of(List<Selection.Selected> selected) throws IOException {
        for (Selection.Selected one : selected) {
            if (!(one.source() instanceof ClassSource)) {
                throw new UsageException("--vm all is about Java classes, and "
                        + one.subject().layout().spelling() + " is none");
            }
            variants.put(one.subject(), new ArrayList<>());
        }
        for (VmMode mode : VmMode.usual()) {
            analyze(selected, mode);
        }
        selected.stream().flatMap(one -> one.source().notes().stream()).forEach(notes::remove);
        notes.forEach(context::say);
        return selected.stream()
                .map(one -> variants.get(one.subject()))
                .filter(some -> !some.isEmpty())
                .map(VmLayouts::of)
                .toList();
    }

    /** Classes that one VM cannot lay out are shown for the others. */
    private void analyze(List<Selection.Selected> selected, VmMode mode) throws IOException {
        Map<ClassSource, ClassSource> sources = new IdentityHashMap<>();
        List<Subject> subjects = new ArrayList<>();
        List<List<VmLayouts.Variant>> places = new ArrayList<>();
        for (Selection.Selected one : selected) {
            ClassSource source = sources.computeIfAbsent((ClassSource) one.source(), any -> any.in(mode));
            if (source.find(one.subject().layout().name()) instanceof Lookup.Found lookup) {
                subjects.addAll(lookup.subjects());
                places.add(variants.get(one.subject()));
            }
        }
        sources.values().forEach(source -> notes.addAll(source.notes()));
        VmLayouts.Vm vm = new VmLayouts.Vm(mode.name(), mode.reserve());
        List<Analysis> analyses = new ArrayList<>();
        options.parallel().run(subjects, context, found -> analyses.add(all ? found : found.withoutSuspicions()));
        for (int i = 0; i < analyses.size(); i++) {
            places.get(i).add(new VmLayouts.Variant(List.of(vm), analyses.get(i)));
        }
    }
}
