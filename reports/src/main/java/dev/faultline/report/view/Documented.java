package dev.faultline.report.view;

import dev.faultline.analysis.Analysis;
import dev.faultline.report.BenchmarkWriter;
import dev.faultline.report.CheckWriter;
import dev.faultline.report.ComparisonWriter;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.ScalingWriter;
import dev.faultline.report.SuggestionWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentWriter;
import java.io.IOException;

/** Writers of each kind of report that make documents of it and leave how they look to a writer of documents. */
public final class Documented {

    private Documented() {}

    /** {@return a writer of analyses} */
    public static ReportWriter analyses(DocumentWriter documents) {
        return new ReportWriter() {
            @Override
            public void write(Analysis analysis) throws IOException {
                documents.write(Documents.of(analysis));
            }

            @Override
            public void end() throws IOException {
                documents.end();
            }
        };
    }

    /** {@return a writer of scalings} */
    public static ScalingWriter scalings(DocumentWriter documents) {
        return scalings -> {
            documents.write(Documents.of(scalings));
            documents.end();
        };
    }

    /** {@return a writer of comparisons; what does not differ is no document} */
    public static ComparisonWriter comparisons(DocumentWriter documents) {
        return comparison -> {
            for (Document document : ComparisonDocuments.of(comparison)) {
                documents.write(document);
            }
            documents.end();
        };
    }

    /** {@return a writer of suggestions} */
    public static SuggestionWriter suggestions(DocumentWriter documents) {
        return view -> {
            documents.write(SuggestionDocument.of(view));
            documents.end();
        };
    }

    /** {@return a writer of checks} */
    public static CheckWriter checks(boolean onlyBroken, DocumentWriter documents) {
        return sections -> {
            documents.write(CheckDocument.of(sections, onlyBroken));
            documents.end();
        };
    }

    /** {@return a writer of benchmarks} */
    public static BenchmarkWriter benchmarks(DocumentWriter documents) {
        return benchmark -> {
            documents.write(Documents.of(benchmark));
            documents.end();
        };
    }
}
