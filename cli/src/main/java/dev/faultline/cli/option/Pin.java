package dev.faultline.cli.option;

import picocli.CommandLine.TypeConversionException;

/**
 * A field that has to be at a byte offset.
 *
 * @param field its path
 * @param byteOffset the offset
 */
public record Pin(String field, long byteOffset) {

    /** {@return what {@code field=offset} means; the offset may be hexadecimal} */
    static Pin parse(String text) {
        int equals = text.lastIndexOf('=');
        String number = text.substring(equals + 1);
        if (equals < 1 || !number.matches("\\d{1,9}|0x[0-9a-fA-F]{1,7}")) {
            throw new TypeConversionException("expected FIELD=BYTE, such as head=64, got '" + text + "'");
        }
        String decimal = number.replaceFirst("^0+(?=\\d)", ""); // a leading zero makes no octal number here
        return new Pin(text.substring(0, equals), Long.decode(decimal));
    }
}
