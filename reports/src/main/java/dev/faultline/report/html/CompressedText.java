package dev.faultline.report.html;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;

/** Writes text deflated and in base 64; the script inflates it when a reader opens it. */
final class CompressedText {

    /** Fast: level 6 makes a kernel's report of 3.7 MB a fifth smaller and takes 0.2 s instead of 0.1 for its 20 MB. */
    private static final int LEVEL = 2;

    private final Writer out;

    CompressedText(Writer out) {
        this.out = out;
    }

    /**
     * Writes an element that holds the text.
     *
     * @param id of the element
     * @param text what it holds
     * @throws IOException when it cannot be written
     */
    void write(String id, StringBuilder text) throws IOException {
        byte[] plain = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] packed = new byte[plain.length / 4 + 1024];
        Deflater deflater = new Deflater(LEVEL);
        int length = 0;
        try {
            deflater.setInput(plain);
            deflater.finish();
            while (!deflater.finished()) {
                if (length == packed.length) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                }
                length += deflater.deflate(packed, length, packed.length - length);
            }
        } finally {
            deflater.end();
        }
        byte[] encoded = Base64.getEncoder().encode(Arrays.copyOf(packed, length));
        out.write("<script type=\"text/plain\" id=\"" + id + "\">");
        out.write(new String(encoded, StandardCharsets.ISO_8859_1));
        out.write("</script>\n");
    }
}
