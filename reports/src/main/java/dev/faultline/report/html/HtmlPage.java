package dev.faultline.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;

/** Writes the page around the documents: style, script, policy, and the pages of the rules that were named. */
final class HtmlPage {

    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");

    private final Writer out;
    private final String version;

    /**
     * A page that is not begun.
     *
     * @param version of Faultline, which stands at the top; may be empty
     */
    HtmlPage(Writer out, String version) {
        this.out = out;
        this.version = version;
    }

    /**
     * Begins the page.
     *
     * @param title of the window
     * @throws IOException when it cannot be written
     */
    void begin(String title) throws IOException {
        out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        // Whatever a name may hold, nothing runs but the one script below, and nothing is loaded.
        out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
                + "form-action 'none'; script-src '" + hash(SCRIPT) + "'; style-src '" + hash(STYLE)
                + "'; img-src data:\">\n");
        out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.write("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
        String producer = version.isEmpty() ? "Faultline" : "Faultline " + version;
        out.write("<meta name=\"generator\" content=\"" + HtmlEscaper.html(producer) + "\">\n");
        out.write("<title>" + HtmlEscaper.html(title) + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n");
        out.write("<header class=\"bar\"><a class=\"brand\" href=\"#\">Faultline"
                + (version.isEmpty() ? "" : " <small>" + HtmlEscaper.html(version) + "</small>") + "</a>"
                + "<button type=\"button\" id=\"theme\">Theme: system</button></header>\n<main>\n");
    }

    /**
     * Ends the page and flushes it.
     *
     * @param rules ids of the rules that were named
     * @throws IOException when it cannot be written
     */
    void end(Collection<String> rules) throws IOException {
        StringBuilder pages = new StringBuilder();
        RulePages.write(rules, pages);
        out.append(pages);
        out.write("</main>\n<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
        out.flush();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
