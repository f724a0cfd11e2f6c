package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.cli.option.Format;
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
import dev.faultline.report.sarif.SarifSettings;
import dev.faultline.report.svg.SvgReportWriter;
import dev.faultline.report.text.TextBenchmarkWriter;
import dev.faultline.report.text.TextCheckWriter;
import dev.faultline.report.text.TextComparisonWriter;
import dev.faultline.report.text.TextReportWriter;
import dev.faultline.report.text.TextScalingWriter;
import dev.faultline.report.text.TextSuggestionWriter;
import dev.faultline.report.view.Documented;
import dev.faultline.suggest.Candidate;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/**
 * Begins reports in the format asked for. What a format cannot show is a wrong use of the command: SARIF holds findings, and a
 * picture the lines of one struct.
 *
 * @param format the format
 * @param color whether text is coloured
 * @param sourceRoot the directory that SARIF names files relative to
 * @param usage makes the complaint about a format that cannot show what the command has to say
 */
record Reports(Format format, boolean color, Path sourceRoot, Function<String, ParameterException> usage) {

    /** {@return a writer of so many analyses} */
    ReportWriter analyses(int structs, boolean expand, Writer out) throws IOException {
        if (format == Format.SVG && structs != 1) {
            throw usage.apply("Invalid value for option '--format': svg shows one struct, not " + structs);
        }
        return switch (format) {
            case TEXT -> new TextReportWriter(out, color, expand);
            case JSON -> new JsonReportWriter(out);
            case SARIF -> new SarifReportWriter(out, sarif());
            case SVG -> new SvgReportWriter(out);
            case HTML -> new HtmlReportWriter(out);
            case MARKDOWN -> Documented.analyses(documents(out).orElseThrow());
        };
    }

    /** {@return a writer of scalings} */
    ScalingWriter scalings(Writer out) throws IOException {
        return switch (format) {
            case TEXT -> new TextScalingWriter(out, color);
            case JSON -> new JsonScalingWriter(out);
            default -> Documented.scalings(documents(out).orElseThrow());
        };
    }

    /** {@return a writer of benchmarks} */
    BenchmarkWriter benchmarks(Writer out) throws IOException {
        return switch (format) {
            case TEXT -> new TextBenchmarkWriter(out, color);
            case JSON -> new JsonBenchmarkWriter(out);
            default -> Documented.benchmarks(documents(out).orElseThrow());
        };
    }

    /** {@return a writer of comparisons; {@code whole} sources get a summary, and at most so many structs in text} */
    ComparisonWriter comparisons(boolean whole, int most, Writer out) throws IOException {
        return switch (format) {
            case TEXT -> new TextComparisonWriter(out, color, whole, most);
            case JSON -> new JsonComparisonWriter(out);
            case SARIF -> new SarifComparisonWriter(out, sarif());
            default -> Documented.comparisons(documents(out).orElseThrow());
        };
    }

    /** {@return a writer of suggestions; SARIF holds what is wrong today, a picture what is suggested} */
    SuggestionWriter suggestions(Writer out) throws IOException {
        return switch (format) {
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
    }

    private SarifSettings sarif() {
        return new SarifSettings(VersionProvider.version(), sourceRoot);
    }

    private void alone(Analysis analysis, Writer out) throws IOException {
        ReportWriter report = analyses(1, false, out);
        report.write(analysis);
        report.end();
    }

    /** {@return a writer of checks} */
    CheckWriter checks(boolean onlyBroken, Writer out) throws IOException {
        return switch (format) {
            case TEXT -> new TextCheckWriter(out, color, onlyBroken);
            case JSON -> new JsonCheckWriter(out);
            case SARIF -> new SarifCheckWriter(out, sarif());
            default -> Documented.checks(onlyBroken, documents(out).orElseThrow());
        };
    }

    /** {@return a writer of documents, when the format shows any} */
    private Optional<DocumentWriter> documents(Writer out) {
        return switch (format) {
            case HTML -> Optional.of(new HtmlDocumentWriter(out));
            case MARKDOWN -> Optional.of(new MarkdownWriter(out));
            default -> Optional.empty();
        };
    }

    /** Complains, before any work is done, when the format shows structs only; {@code what} is what there would be to show. */
    Reports expectMoreThanStructs(String what) {
        if (format == Format.SARIF || format == Format.SVG) {
            throw unfit(what);
        }
        return this;
    }

    /** Complains likewise when the format is a picture of one struct. */
    Reports expectMoreThanOne(String what) {
        if (format == Format.SVG) {
            throw unfit(what);
        }
        return this;
    }

    private ParameterException unfit(String what) {
        String holds = format == Format.SARIF ? "findings of structs" : "the lines of one struct";
        return usage.apply("Invalid value for option '--format': " + format.word() + " holds " + holds + ", not " + what
                + "; text, json, html and markdown do");
    }
}
