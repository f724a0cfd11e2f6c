package dev.faultline.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A field that has to stand at a byte.
 *
 * @param field its path
 * @param byteOffset the byte
 */
public record Pin(String field, long byteOffset) {

    /** Reads {@code field=offset}; the offset may be hexadecimal. */
    public static final class Converter implements ITypeConverter<Pin> {
        @Override
        public Pin convert(String text) {
            int equals = text.lastIndexOf('=');
            String number = text.substring(equals + 1);
            if (equals < 1 || !number.matches("\\d{1,9}|0x[0-9a-fA-F]{1,7}")) {
                throw new TypeConversionException("expected FIELD=BYTE, such as head=64, got '" + text + "'");
            }
            return new Pin(text.substring(0, equals), Long.decode(number.matches("0\\d+") ? decimal(number) : number));
        }

        /** A leading zero is no octal number here. */
        private static String decimal(String number) {
            return number.replaceFirst("^0+(?=\\d)", "");
        }
    }
}
