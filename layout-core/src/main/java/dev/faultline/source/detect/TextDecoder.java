package dev.faultline.source.detect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Tells text from binary data, and decodes it: UTF-8; UTF-16 as Windows writes it when output is redirected; and, where
 * bytes are no UTF-8, ISO 8859-1.
 */
final class TextDecoder {

    private static final String CONTROLS_IN_TEXT = "\t\n\r\f\b\u001b";
    private static final int FEWEST_BYTES_OF_UTF_16 = 8;

    private TextDecoder() {}

    /** {@return whether the first bytes of a file may be text} */
    static boolean isText(byte[] head) {
        return isUtf16(head) || firstControl(head) == head.length;
    }

    /** {@return the index of the first control character but white space, escape and backspace; else the length} */
    static int firstControl(byte[] head) {
        int i = 0;
        while (i < head.length && isCharacter(head[i])) {
            i++;
        }
        return i;
    }

    /** {@return the text} */
    static String decode(byte[] bytes) {
        if (isUtf16(bytes)) {
            return withoutMark(new String(bytes, utf16(bytes)));
        }
        try {
            return withoutMark(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException other) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static boolean isUtf16(byte[] head) {
        return utf16(head) != null;
    }

    /** {@return the UTF-16 that a byte order mark tells, or a first ASCII character with a zero byte; else null} */
    private static Charset utf16(byte[] head) {
        if (head.length < 2) {
            return null;
        }
        int first = head[0] & 0xff;
        int second = head[1] & 0xff;
        if (first == 0xff && second == 0xfe || isAscii(head, 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return first == 0xfe && second == 0xff || isAscii(head, 1) ? StandardCharsets.UTF_16BE : null;
    }

    /** {@return whether the first characters are ASCII, whose other bytes are zero} */
    private static boolean isAscii(byte[] head, int zeroBefore) {
        if (head.length < FEWEST_BYTES_OF_UTF_16) {
            return false;
        }
        for (int i = 0; i < FEWEST_BYTES_OF_UTF_16; i += 2) {
            byte character = head[i + zeroBefore];
            if (character <= 0 || !isCharacter(character) || head[i + 1 - zeroBefore] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCharacter(byte b) {
        return b < 0 || b >= ' ' || CONTROLS_IN_TEXT.indexOf(b) >= 0;
    }
}
