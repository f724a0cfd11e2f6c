package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.VmLayouts;
import dev.faultline.contract.ContractResult;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.SharingGrid;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.build.BenchmarkDocument;
import dev.faultline.report.build.CheckDocument;
import dev.faultline.report.build.Detail;
import dev.faultline.report.build.MailDocument;
import dev.faultline.report.build.OmissionsDocument;
import dev.faultline.report.build.PickedCandidate;
import dev.faultline.report.build.ScalingDocument;
import dev.faultline.report.build.SharingGridDocument;
import dev.faultline.report.build.SourceComparisonDocument;
import dev.faultline.report.build.StructDocument;
import dev.faultline.report.build.SuggestionDocument;
import dev.faultline.report.build.VmLayoutsDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.html.HtmlWriter;
import dev.faultline.report.json.JsonBenchmarkWriter;
import dev.faultline.report.json.JsonCheckWriter;
import dev.faultline.report.json.JsonComparisonWriter;
import dev.faultline.report.json.JsonGridWriter;
import dev.faultline.report.json.JsonReportWriter;
import dev.faultline.report.json.JsonScalingWriter;
import dev.faultline.report.json.JsonSuggestionWriter;
import dev.faultline.report.json.JsonVmLayoutsWriter;
import dev.faultline.report.markdown.MarkdownWriter;
import dev.faultline.report.sarif.SarifCheckWriter;
import dev.faultline.report.sarif.SarifComparisonWriter;
import dev.faultline.report.sarif.SarifReportWriter;
import dev.faultline.report.sarif.SarifSettings;
import dev.faultline.report.svg.SvgWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import dev.faultline.source.Omissions;
import dev.faultline.suggest.Candidate;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes reports in the format asked for. Formats for people render the document of a result, the others the result. A
 * format that cannot show a result is wrong usage: SARIF and annotations hold findings, and a
 * picture the lines of one struct.
 *
 * @param format the format
 * @param style colour and width of text
 * @param sourceRoot the directory that paths in SARIF are relative to
 */
record ReportWriters(Format format, TextStyle style, Path sourceRoot) {

    private static final int FEW_NAMES = 8;
    private static final int MOST_ROWS = 1000;
    private static final int MOST_IN_FULL = 20;
    private static final int MAIL_COLUMNS = 72;

    /** {@return reports as the options ask for} */
    static ReportWriters of(OutputOptions output, CliContext context) {
        return new ReportWriters(
                output.format(),
                new TextStyle(OptionResolver.color(output, context), OptionResolver.columns(output, context)),
                output.sourceRoot);
    }

    /** Begins the report of a format that renders results. */
    private interface Begin<T> {
        ReportWriter<T> begin(Writer out) throws IOException;
    }

    /**
     * {@return a writer of this many analyses, and of what was left out} JSON holds every finding, SARIF and
     * annotations suspicions only when all are asked for, since code scanning would show them like the others.
     */
    ReportWriter<Analysis> analyses(int structs, Detail detail, List<Omissions> omissions, Writer out)
            throws IOException {
        if (format == Format.SVG && structs != 1) {
            throw UsageException.ofValue("--format", "svg shows one struct, not " + structs);
        }
        return switch (format) {
            case TEXT -> analyses(new TextWriter(out, style), detail, omissions);
            case HTML ->
                analyses(
                        new HtmlWriter(out, VersionProvider.version()),
                        new Detail(detail.expand(), detail.all(), true),
                        omissions);
            case MARKDOWN -> analyses(new MarkdownWriter(out), detail, omissions);
            case SVG -> analyses(new SvgWriter(out), detail, List.of());
            case JSON -> new JsonReportWriter(out, omissions);
            case SARIF, GITHUB ->
                new SarifReportWriter(out, sarif())
                        .of(analysis -> List.of(detail.all() ? analysis : analysis.withoutSuspicions()));
            case MAIL -> throw unfit("structs", "text, json, html, markdown, sarif, github and svg");
        };
    }

    private static ReportWriter<Analysis> analyses(
            ReportWriter<Document> documents, Detail detail, List<Omissions> omissions) {
        return new ReportWriter<>() {
            @Override
            public void write(Analysis analysis) throws IOException {
                documents.write(StructDocument.of(analysis, detail));
            }

            @Override
            public void end() throws IOException {
                for (Omissions one : omissions) {
                    documents.write(OmissionsDocument.of(one));
                }
                documents.end();
            }
        };
    }

    /** {@return whether a whole source is summed up; the other formats hold its structs} */
    boolean sumsUp() {
        return format == Format.TEXT || format == Format.MARKDOWN;
    }

    /** {@return a writer of documents} */
    ReportWriter<Document> documents(Writer out) {
        return format == Format.MARKDOWN ? new MarkdownWriter(out) : new TextWriter(out, style);
    }

    /** Writes one or two scalings. */
    void scalings(List<ScalingCurve> scalings, Writer out) throws IOException {
        write(scalings, begin(all -> List.of(ScalingDocument.of(all)), JsonScalingWriter::new, this::none, out));
    }

    /** Writes a benchmark. */
    void benchmark(Benchmark benchmark, Writer out) throws IOException {
        write(benchmark, begin(one -> List.of(BenchmarkDocument.of(one)), JsonBenchmarkWriter::new, this::none, out));
    }

    /** Writes a grid of threads that share lines. */
    void grid(SharingGrid grid, Writer out) throws IOException {
        write(grid, begin(one -> List.of(SharingGridDocument.of(one)), JsonGridWriter::new, this::none, out));
    }

    /** Writes a comparison; of whole sources, text shows at most {@code most} structs. */
    void comparison(SourceComparison comparison, boolean isWhole, int most, Writer out) throws IOException {
        if (format == Format.MAIL) {
            mail(comparison, isWhole, out);
            return;
        }
        SourceComparisonDocument.Limits limits = format == Format.TEXT
                ? new SourceComparisonDocument.Limits(
                        most, Math.max(FEW_NAMES, most == Integer.MAX_VALUE ? most : 0), 0, false)
                : new SourceComparisonDocument.Limits(
                        Math.max(most, MOST_ROWS), MOST_ROWS, MOST_IN_FULL, format == Format.MARKDOWN);
        write(
                comparison,
                begin(
                        one -> SourceComparisonDocument.of(one, isWhole, limits),
                        JsonComparisonWriter::new,
                        sarif -> new SarifComparisonWriter(sarif, sarif()),
                        out));
    }

    private void mail(SourceComparison comparison, boolean isWhole, Writer out) throws IOException {
        if (isWhole) {
            throw UsageException.ofValue("--format", "mail shows one struct before and after: name it, as OLD#NAME");
        }
        ReportWriter<Document> text = new TextWriter(out, new TextStyle(false, MAIL_COLUMNS));
        for (SourceComparison.Changed changed : comparison.changed()) {
            text.write(MailDocument.of(changed.comparison()));
        }
        text.end();
    }

    /** Writes classes as several VMs lay them out; for people as a summary of the source, when one is named. */
    void vmLayouts(List<VmLayouts> classes, Optional<String> source, Writer out) throws IOException {
        write(
                classes,
                begin(
                        all -> source.map(name -> List.of(VmLayoutsDocument.summary(name, all)))
                                .orElseGet(() ->
                                        all.stream().map(VmLayoutsDocument::of).toList()),
                        JsonVmLayoutsWriter::new,
                        this::none,
                        out));
    }

    /** Writes a suggestion; SARIF holds the findings of today's layout, a picture shows the candidate. */
    void suggestion(PickedCandidate picked, Writer out) throws IOException {
        write(
                picked,
                begin(
                        one -> List.of(format == Format.SVG ? picture(one) : SuggestionDocument.of(one)),
                        JsonSuggestionWriter::new,
                        sarif -> new SarifReportWriter(sarif, sarif())
                                .of(one -> List.of(one.suggestion().before())),
                        out));
    }

    private SarifSettings sarif() {
        return new SarifSettings(VersionProvider.version(), sourceRoot, format == Format.GITHUB);
    }

    private static Document picture(PickedCandidate picked) {
        Analysis before = picked.suggestion().before();
        return StructDocument.of(picked.candidate().map(Candidate::analysis).orElse(before), Detail.USUAL);
    }

    /** Writes which promises are kept. */
    void checks(List<ContractResult> sections, boolean onlyBroken, Writer out) throws IOException {
        write(
                sections,
                begin(
                        all -> List.of(CheckDocument.of(all, onlyBroken, format != Format.TEXT)),
                        JsonCheckWriter::new,
                        sarif -> new SarifCheckWriter(sarif, sarif()),
                        out));
    }

    private <T> ReportWriter<T> begin(Function<T, List<Document>> build, Begin<T> json, Begin<T> sarif, Writer out)
            throws IOException {
        return switch (format) {
            case TEXT -> new TextWriter(out, style).of(build);
            case HTML -> new HtmlWriter(out, VersionProvider.version()).of(build);
            case MARKDOWN -> new MarkdownWriter(out).of(build);
            case SVG -> new SvgWriter(out).of(build);
            case JSON -> json.begin(out);
            case SARIF, GITHUB -> sarif.begin(out);
            case MAIL -> throw unfit("this", "text, json, html and markdown");
        };
    }

    private <T> ReportWriter<T> none(Writer out) {
        throw unfit("this", "text, json, html and markdown");
    }

    private static <T> void write(T result, ReportWriter<T> report) throws IOException {
        report.write(result);
        report.end();
    }

    /** Complains, before any work is done, when the format shows structs only; {@code what} is what it cannot show. */
    ReportWriters expectMoreThanStructs(String what) {
        if (holdsFindings() || format == Format.SVG || format == Format.MAIL) {
            throw unfit(what, "text, json, html and markdown");
        }
        return this;
    }

    /** Complains likewise when the format is a picture of one struct. */
    ReportWriters expectMoreThanOne(String what) {
        if (format == Format.SVG) {
            throw unfit(what, "text, json, html, markdown, sarif and github");
        }
        return this;
    }

    private boolean holdsFindings() {
        return format == Format.SARIF || format == Format.GITHUB;
    }

    private UsageException unfit(String what, String others) {
        String holds = holdsFindings()
                ? "findings of structs"
                : format == Format.MAIL ? "the comparison of a struct" : "the lines of one struct";
        return UsageException.ofValue(
                "--format", format.word() + " holds " + holds + ", not " + what + "; " + others + " do");
    }
}
