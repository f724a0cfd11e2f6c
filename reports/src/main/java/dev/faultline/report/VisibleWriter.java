package dev.faultline.report;

import dev.faultline.input.VisibleText;
import java.io.IOException;
import java.io.Writer;

/**
 * Escapes what a terminal would act on, reorder or hide, as {@link VisibleText} does. Every report passes through it.
 * It lets through line feeds (also after a carriage return), tabs, and the styles set by {@link #style}. Formats escape
 * names themselves, since a line feed in a name must not begin a line; this is the second check. In JSON and YAML such
 * characters stand in quoted strings only, where the escape means the character itself.
 */
public final class VisibleWriter extends Writer {

    private final Writer out;
    private final StringBuilder ready = new StringBuilder();
    /** A high surrogate or a carriage return whose successor is not known yet; else 0. */
    private char held;

    /**
     * Writes to another writer.
     *
     * @param out where to; closed and flushed with this one
     */
    public VisibleWriter(Writer out) {
        this.out = out;
    }

    /**
     * Switches the style of what follows. No other control sequence passes.
     *
     * @param numbers the parameters of SGR (select graphic rendition) of ECMA-48, such as {@code "1;31"}
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when these are no such parameters
     */
    public void style(String numbers) throws IOException {
        if (!numbers.matches("[0-9]{1,3}(;[0-9]{1,3})*")) {
            throw new IllegalArgumentException("no parameters of SGR: " + VisibleText.of(numbers));
        }
        release();
        out.write("\u001b[" + numbers + "m");
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        if (held == 0 && isPlain(text, offset, length)) {
            out.write(text, offset, length);
            return;
        }
        ready.setLength(0);
        for (int i = offset; i < offset + length; i++) {
            take(text[i]);
        }
        out.append(ready);
    }

    private static boolean isPlain(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if ((c < ' ' || c > '~') && c != '\n') {
                return false;
            }
        }
        return true;
    }

    private void take(char c) {
        char before = held;
        held = 0;
        if (Character.isHighSurrogate(before) && Character.isLowSurrogate(c)) {
            show(Character.toCodePoint(before, c));
            return;
        }
        if (before == '\r' && c == '\n') {
            ready.append("\r\n");
            return;
        }
        if (before != 0) {
            VisibleText.escape(before, ready);
        }
        if (c == '\r' || Character.isHighSurrogate(c)) {
            held = c;
        } else {
            show(c);
        }
    }

    private void show(int codePoint) {
        if (codePoint == '\n' || codePoint == '\t' || VisibleText.isVisible(codePoint)) {
            ready.appendCodePoint(codePoint);
        } else {
            VisibleText.escape(codePoint, ready);
        }
    }

    private void release() throws IOException {
        if (held != 0) {
            ready.setLength(0);
            VisibleText.escape(held, ready);
            held = 0;
            out.append(ready);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        release();
        out.close();
    }
}
