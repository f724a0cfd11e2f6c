package dev.faultline;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.assertion.Layouts;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.StructComparer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.machine.Machine;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.struct.Suggester;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The library in one class: read layouts, analyse them on a machine, suggest better ones, print them.
 *
 * <pre>{@code
 * StructLayout layout = Faultline.layoutOf(Ring.class);
 * System.out.print(Faultline.print(layout));
 *
 * Faultline faultline = Faultline.on(Machines.x86());
 * Analysis analysis = faultline.analyze(layout, profile);
 * Suggestion better = faultline.suggest(analysis.subject());
 * }</pre>
 *
 * <p>Nothing is printed, measured or read beyond what a method is given; the machine is an argument. Immutable and
 * safe for use by several threads.
 */
public final class Faultline {

    private static final int PRINTED_LINE_BYTES = 64;

    private final Analyzer analyzer;

    private Faultline(Machine machine) {
        this.analyzer = new Analyzer(machine, Catalog.RULES);
    }

    /**
     * {@return the analysis, with all rules, for one machine}
     *
     * @param machine the hardware the results hold for, for example {@code Machines.x86()}
     */
    public static Faultline on(Machine machine) {
        return new Faultline(Objects.requireNonNull(machine, "machine"));
    }

    /**
     * {@return the layout of a class's instances in the running VM, header and inherited fields included}
     *
     * @param type a class that can have instances: not an interface, an array or a primitive type
     * @throws InputException when the class has no layout; the message says why
     */
    public static StructLayout layoutOf(Class<?> type) {
        return Layouts.of(type);
    }

    /**
     * {@return the layout of a class's instances in another VM}
     *
     * @param type as for {@link #layoutOf(Class)}
     * @param mode the other VM, for example {@code VmMode.parse("25-coh")}
     * @throws InputException as there
     */
    public static StructLayout layoutOf(Class<?> type, VmMode mode) {
        return Layouts.of(type, mode);
    }

    /**
     * {@return the layout of the one struct that a text declares}
     *
     * @param text the output of pahole, or a declaration in C
     * @throws InputException when the text cannot be read or does not declare exactly one struct; names line and reason
     */
    public static StructLayout parse(String text) {
        return Layouts.read(text);
    }

    /**
     * {@return the structs or classes of a file}, in the order of the file.
     *
     * @param source a path of a jar, a class file, a directory of class files, an object file with BTF, or a text
     *     of pahole; {@code "kernel"} for the running kernel, {@code "jvm"} for the classes of the running VM
     * @throws InputException when it is missing, of no known kind, or broken
     */
    public static LayoutSource open(String source) {
        return SourceDetector.here(Optional.empty(), Optional.empty()).open(source);
    }

    /**
     * {@return a layout as text: each field with its byte offset and size, holes, and boundaries of 64-byte lines}
     *
     * @param layout what to print
     */
    public static String print(StructLayout layout) {
        return print(layout, NotationStyle.plain(PRINTED_LINE_BYTES));
    }

    /**
     * {@return the layout of an analysis as text, with the rules that fired under the fields they name}
     *
     * @param analysis what to print
     */
    public static String print(Analysis analysis) {
        List<Finding> findings = analysis.findings();
        return print(
                analysis.subject().layout(),
                new NotationStyle(
                        analysis.machine().lineBytes().value(),
                        embedded -> findings.stream().anyMatch(finding -> isInside(finding, embedded)),
                        field -> notes(findings, field)));
    }

    private static boolean isInside(Finding finding, String embedded) {
        return finding.fields().stream().anyMatch(field -> field.startsWith(embedded + "."));
    }

    private static List<String> notes(List<Finding> findings, String field) {
        return findings.stream()
                .filter(finding -> finding.fields().contains(field))
                .map(finding -> "! " + finding.rule())
                .distinct()
                .toList();
    }

    private static String print(StructLayout layout, NotationStyle style) {
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(layout, style, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * {@return what is wrong with a layout, as far as the types of its fields tell}
     *
     * @param layout the layout; byte 0 is assumed to start wherever the type's alignment allows
     */
    public Analysis analyze(StructLayout layout) {
        return analyze(Subject.of(layout));
    }

    /**
     * {@return what is wrong with a layout that is used as a profile says}
     *
     * @param layout the layout
     * @param profile a profile with an entry for the struct, as {@code ProfileReader} reads it
     * @throws InputException when the profile has no entry for the struct, or names a field that the layout does
     *     not have
     */
    public Analysis analyze(StructLayout layout, Profile profile) {
        StructProfile use = profile.forStruct(layout.name())
                .orElseThrow(() -> new InputException(
                        profile.title(),
                        "",
                        "has no struct " + layout.name() + Nearest.hint(layout.name(), structs(profile))));
        return analyze(Subject.of(layout).withProfile(Optional.of(use)));
    }

    private static List<String> structs(Profile profile) {
        return profile.structs().stream().map(StructProfile::struct).toList();
    }

    /**
     * {@return what is wrong with a struct}
     *
     * @param subject its layout, where byte 0 stands, and who uses it
     * @throws InputException when its profile names a field that the layout does not have
     */
    public Analysis analyze(Subject subject) {
        return analyzer.analyze(subject);
    }

    /**
     * {@return better layouts of a struct, or none; with a lower bound that says how good they are}
     *
     * @param subject the struct, where byte 0 stands, and who uses it
     * @throws InputException when it is not a struct, or too large to search
     */
    public Suggestion suggest(Subject subject) {
        return suggest(subject, Constraints.usual());
    }

    /**
     * {@return better layouts of a struct under constraints, or none}
     *
     * @param subject as for {@link #suggest(Subject)}
     * @param constraints what must not change
     * @throws InputException as there, and when a constraint names a field that the struct does not have
     */
    public Suggestion suggest(Subject subject, Constraints constraints) {
        return new Suggester(analyzer, SearchEffort.USUAL).suggest(subject, constraints);
    }

    /**
     * {@return what a change of a layout does: what moved, which findings came and went, and what operations cost}
     *
     * @param before the old struct
     * @param after the new struct; where only one of the two has a profile, both are judged by it
     * @throws InputException when a profile names a field that neither layout has
     */
    public Comparison compare(Subject before, Subject after) {
        return new StructComparer(analyzer).compare(before, after);
    }
}
