package dev.faultline.report.html;

import dev.faultline.hazard.HazardPages;
import dev.faultline.hazard.rules.Catalog;
import java.util.Collection;
import java.util.TreeSet;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Writes the pages of the rules that findings name. */
final class RulePages {

    private RulePages() {}

    /**
     * Appends the pages.
     *
     * @param rules ids of the rules that were named
     * @param out where to
     */
    static void write(Collection<String> rules, StringBuilder out) {
        if (rules.isEmpty()) {
            return;
        }
        Parser parser = Parser.builder().build();
        HtmlRenderer renderer =
                HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
        out.append("<section id=\"rules\" aria-labelledby=\"rules-head\">\n<h2 id=\"rules-head\">Rules</h2>\n");
        for (String rule : new TreeSet<>(rules)) {
            Catalog.byId(rule).ifPresent(known -> {
                Node page = parser.parse(HazardPages.read(rule));
                trim(page);
                out.append("<details class=\"rule\" id=\"rule-")
                        .append(HtmlEscaper.html(rule))
                        .append("\"><summary><strong>");
                out.append(HtmlEscaper.html(rule)).append("</strong> ");
                out.append(HtmlEscaper.html(known.hazard().summary())).append("</summary>\n");
                out.append(renderer.render(page)).append("</details>\n");
            });
        }
        out.append("</section>\n");
    }

    /** Takes off title and summary, which are said already, and lets headings begin below that of the section. */
    private static void trim(Node page) {
        page.getFirstChild().unlink();
        page.getFirstChild().unlink();
        page.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                heading.setLevel(heading.getLevel() + 1);
            }
        });
    }
}
