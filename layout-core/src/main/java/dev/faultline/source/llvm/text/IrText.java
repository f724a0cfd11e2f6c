package dev.faultline.source.llvm.text;

import java.nio.charset.StandardCharsets;

/**
 * A text of one byte a character, with the methods of a string that reading it needs. It takes half the time of a
 * string where only the first compiler of the VM runs, which does not see through the methods of strings.
 */
final class IrText {

    private final byte[] bytes;

    IrText(byte[] bytes) {
        this.bytes = bytes;
    }

    static IrText of(String text) {
        return new IrText(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    int length() {
        return bytes.length;
    }

    char charAt(int at) {
        return (char) (bytes[at] & 0xff);
    }

    boolean startsWith(String word, int at) {
        int length = word.length();
        if (at < 0 || length > bytes.length - at) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != (byte) word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int indexOf(char c, int from) {
        return indexOf(c, from, bytes.length);
    }

    /** {@return the first place of a character before an end; -1 when there is none} */
    int indexOf(char c, int from, int end) {
        byte[] in = bytes;
        byte wanted = (byte) c;
        for (int at = Math.max(0, from); at < end; at++) {
            if (in[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** {@return the first place of a word before an end; -1 when there is none} */
    int indexOf(String word, int from, int end) {
        int last = Math.min(end, bytes.length) - word.length();
        byte first = (byte) word.charAt(0);
        for (int at = Math.max(0, from); at <= last; at++) {
            if (bytes[at] == first && startsWith(word, at)) {
                return at;
            }
        }
        return -1;
    }

    int lastIndexOf(char c, int from) {
        for (int at = Math.min(from, bytes.length - 1); at >= 0; at--) {
            if (bytes[at] == (byte) c) {
                return at;
            }
        }
        return -1;
    }

    String substring(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
