package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.compare.SourceComparison;
import dev.faultline.contract.ContractResult;
import dev.faultline.measure.Benchmark;
import dev.faultline.report.BenchmarkWriter;
import dev.faultline.report.CheckWriter;
import dev.faultline.report.ComparisonWriter;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.ScalingWriter;
import dev.faultline.report.SuggestionWriter;
import dev.faultline.report.document.DocumentWriter;
import dev.faultline.report.html.HtmlDocumentWriter;
import dev.faultline.report.html.HtmlReportWriter;
import dev.faultline.report.json.JsonBenchmarkWriter;
import dev.faultline.report.json.JsonCheckWriter;
import dev.faultline.report.json.JsonComparisonWriter;
import dev.faultline.report.json.JsonReportWriter;
import dev.faultline.report.json.JsonScalingWriter;
import dev.faultline.report.json.JsonSuggestionWriter;
import dev.faultline.report.markdown.MarkdownWriter;
import dev.faultline.report.sarif.SarifCheckWriter;
import dev.faultline.report.sarif.SarifComparisonWriter;
import dev.faultline.report.sarif.SarifReportWriter;
import dev.faultline.report.svg.SvgReportWriter;
import dev.faultline.report.text.TextBenchmarkWriter;
import dev.faultline.report.text.TextCheckWriter;
import dev.faultline.report.text.TextComparisonWriter;
import dev.faultline.report.text.TextReportWriter;
import dev.faultline.report.text.TextScalingWriter;
import dev.faultline.report.text.TextSuggestionWriter;
import dev.faultline.report.view.Documented;
import dev.faultline.report.view.SuggestionView;
import dev.faultline.suggest.Candidate;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Writes reports in the format asked for. A format that cannot show a result is wrong usage: SARIF holds findings, and
 * a picture the lines of one struct.
 *
 * @param format the format
 * @param color whether text is coloured
 */
record ReportWriters(Format format, boolean color) {

    /** {@return reports as the options ask for} */
    static ReportWriters of(OutputOptions output, CliContext context) {
        return new ReportWriters(output.format(), OptionResolver.color(output, context));
    }

    /** {@return a writer of this many analyses} */
    ReportWriter analyses(int structs, boolean expand, Writer out) throws IOException {
        if (format == Format.SVG && structs != 1) {
            throw UsageException.ofValue("--format", "svg shows one struct, not " + structs);
        }
        return switch (format) {
            case TEXT -> new TextReportWriter(out, color, expand);
            case JSON -> new JsonReportWriter(out);
            case SARIF -> new SarifReportWriter(out);
            case SVG -> new SvgReportWriter(out);
            case HTML -> new HtmlReportWriter(out);
            case MARKDOWN -> Documented.analyses(documents(out).orElseThrow());
        };
    }

    /** Writes one or two scalings. */
    void scalings(List<ScalingCurve> scalings, Writer out) throws IOException {
        ScalingWriter report = switch (format) {
            case TEXT -> new TextScalingWriter(out, color);
            case JSON -> new JsonScalingWriter(out);
            default -> Documented.scalings(documents(out).orElseThrow());
        };
        report.write(scalings);
    }

    /** Writes a benchmark. */
    void benchmark(Benchmark benchmark, Writer out) throws IOException {
        BenchmarkWriter report = switch (format) {
            case TEXT -> new TextBenchmarkWriter(out, color);
            case JSON -> new JsonBenchmarkWriter(out);
            default -> Documented.benchmarks(documents(out).orElseThrow());
        };
        report.write(benchmark);
    }

    /** Writes a comparison; whole sources get a summary, and text shows at most this many of their structs. */
    void comparison(SourceComparison comparison, boolean whole, int most, Writer out) throws IOException {
        ComparisonWriter report = switch (format) {
            case TEXT -> new TextComparisonWriter(out, color, whole, most);
            case JSON -> new JsonComparisonWriter(out);
            case SARIF -> new SarifComparisonWriter(out);
            default -> Documented.comparisons(documents(out).orElseThrow());
        };
        report.write(comparison);
    }

    /** Writes a suggestion; SARIF holds the findings of today's layout, a picture shows the candidate. */
    void suggestion(SuggestionView picked, Writer out) throws IOException {
        SuggestionWriter report = switch (format) {
            case TEXT -> new TextSuggestionWriter(out, color);
            case JSON -> new JsonSuggestionWriter(out);
            case SARIF -> view -> alone(view.suggestion().before(), out);
            case SVG ->
                view -> alone(
                        view.candidate()
                                .map(Candidate::analysis)
                                .orElse(view.suggestion().before()),
                        out);
            case HTML, MARKDOWN -> Documented.suggestions(documents(out).orElseThrow());
        };
        report.write(picked);
    }

    private void alone(Analysis analysis, Writer out) throws IOException {
        ReportWriter report = analyses(1, false, out);
        report.write(analysis);
        report.end();
    }

    /** Writes which promises are kept. */
    void checks(List<ContractResult> sections, boolean onlyBroken, Writer out) throws IOException {
        CheckWriter report = switch (format) {
            case TEXT -> new TextCheckWriter(out, color, onlyBroken);
            case JSON -> new JsonCheckWriter(out);
            case SARIF -> new SarifCheckWriter(out);
            default -> Documented.checks(onlyBroken, documents(out).orElseThrow());
        };
        report.write(sections);
    }

    /** {@return a writer of documents, when the format shows any} */
    private Optional<DocumentWriter> documents(Writer out) {
        return switch (format) {
            case HTML -> Optional.of(new HtmlDocumentWriter(out));
            case MARKDOWN -> Optional.of(new MarkdownWriter(out));
            default -> Optional.empty();
        };
    }

    /** Complains, before any work is done, when the format shows structs only; {@code what} is what it cannot show. */
    ReportWriters expectMoreThanStructs(String what) {
        if (format == Format.SARIF || format == Format.SVG) {
            throw unfit(what);
        }
        return this;
    }

    /** Complains likewise when the format is a picture of one struct. */
    ReportWriters expectMoreThanOne(String what) {
        if (format == Format.SVG) {
            throw unfit(what);
        }
        return this;
    }

    private UsageException unfit(String what) {
        String holds = format == Format.SARIF ? "findings of structs" : "the lines of one struct";
        return UsageException.ofValue(
                "--format", format.word() + " holds " + holds + ", not " + what + "; text, json, html and markdown do");
    }
}
