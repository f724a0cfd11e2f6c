package dev.faultline.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes that must be a power of two. */
final class PowerOfTwo {

    private PowerOfTwo() {}

    private static int parse(String text, int least, int most) {
        try {
            int bytes = Integer.parseInt(text);
            if (Integer.bitCount(bytes) == 1 && bytes >= least && bytes <= most) {
                return bytes;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new TypeConversionException(
                "must be a power of two from " + least + " to " + most + ", got '" + text + "'");
    }

    /** The size of a cache line. */
    static final class Line implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, 16, 1024);
        }
    }

    /** The alignment of an address. */
    static final class Alignment implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, 1, 1 << 30);
        }
    }
}
