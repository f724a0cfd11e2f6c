package dev.faultline.source.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Bytes that stand at a fixed place in the files of a format.
 *
 * @param offset the first byte's offset in the file
 * @param bytes each byte as a character from 0 to 255, or {@link #ANY}
 */
record FileSignature(int offset, String bytes) {

    /** Stands for a byte of any value. */
    static final char ANY = '\uffff';

    /** {@return a signature at the start of a file} */
    static FileSignature start(String bytes) {
        return new FileSignature(0, bytes);
    }

    /** {@return a signature at the start of a file, whose bytes are given as numbers} */
    static FileSignature start(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return start(new String(all, StandardCharsets.ISO_8859_1));
    }

    boolean isIn(byte[] head) {
        if (head.length < offset + bytes.length()) {
            return false;
        }
        for (int i = 0; i < bytes.length(); i++) {
            char expected = bytes.charAt(i);
            if (expected != ANY && (head[offset + i] & 0xff) != expected) {
                return false;
            }
        }
        return true;
    }

    /** {@return the bytes and their place for people: <code>7f "ELF"</code>, {@code "ustar" at byte 257}} */
    String description() {
        List<String> parts = new ArrayList<>();
        int i = 0;
        while (i < bytes.length()) {
            int end = i;
            while (end < bytes.length() && form(bytes.charAt(end)) == form(bytes.charAt(i))) {
                end++;
            }
            parts.add(part(bytes.substring(i, end)));
            i = end;
        }
        return String.join(" ", parts) + (offset == 0 ? "" : " at byte " + offset);
    }

    private enum Form {
        QUOTED,
        HEXADECIMAL,
        LEFT_OUT
    }

    private static Form form(char b) {
        if (b == ANY) {
            return Form.LEFT_OUT;
        }
        return b < ' ' || b >= 0x7f || b == '"' || b == '\'' ? Form.HEXADECIMAL : Form.QUOTED;
    }

    private static String part(String alike) {
        return switch (form(alike.charAt(0))) {
            case LEFT_OUT -> "...";
            case QUOTED -> '"' + alike + '"';
            case HEXADECIMAL ->
                alike.chars().mapToObj(b -> String.format("%02x", b)).collect(Collectors.joining(" "));
        };
    }
}
