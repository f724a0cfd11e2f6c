package dev.faultline.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read numbers that have to lie in a range. */
public final class NumberConverters {

    private NumberConverters() {}

    private static TypeConversionException wrong(String expected, String text) {
        return new TypeConversionException("expected " + expected + ", got '" + text + "'");
    }

    private static int powerOfTwo(String text, int least, int most) {
        if (text.matches("\\d{1,10}")) {
            long bytes = Long.parseLong(text);
            if (Long.bitCount(bytes) == 1 && bytes >= least && bytes <= most) {
                return (int) bytes;
            }
        }
        throw new TypeConversionException(
                "must be a power of two from " + least + " to " + most + ", got '" + text + "'");
    }

    /** The size of a cache line in bytes. */
    static final class Line implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return powerOfTwo(text, 16, 1024);
        }
    }

    /** The alignment of an address in bytes. */
    static final class Alignment implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return powerOfTwo(text, 1, 1 << 30);
        }
    }

    /** A size in bytes, from 1 on. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (text.matches("\\d{1,9}") && Long.parseLong(text) > 0) {
                return Long.parseLong(text);
            }
            throw wrong("a number of bytes from 1 on", text);
        }
    }

    /** How many are shown at most, from 1 on. */
    public static final class Most implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.matches("\\d{1,9}") && Integer.parseInt(text) > 0) {
                return Integer.parseInt(text);
            }
            throw wrong("a number from 1 on", text);
        }
    }

    /** The width of text in columns. */
    static final class Width implements ITypeConverter<Integer> {

        private static final int MOST = 1000;

        @Override
        public Integer convert(String text) {
            if (text.matches("\\d{1,4}")) {
                int columns = Integer.parseInt(text);
                if (columns >= OutputOptions.LEAST_COLUMNS && columns <= MOST) {
                    return columns;
                }
            }
            throw wrong("a number of columns from " + OutputOptions.LEAST_COLUMNS + " to " + MOST, text);
        }
    }

    /** A share, from 0 to 1. */
    public static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (text.matches("\\d{1,9}(\\.\\d{1,18})?") && Double.parseDouble(text) <= 1) {
                return Double.parseDouble(text);
            }
            throw wrong("a number from 0 to 1", text);
        }
    }

    /** A number of accesses, such as {@code 2e6}. */
    public static final class Accesses implements ITypeConverter<Long> {

        private static final double LEAST = 1000;
        private static final double MOST = 1e10;

        @Override
        public Long convert(String text) {
            if (text.matches("\\d{1,12}(\\.\\d{1,12})?([eE]\\+?\\d{1,2})?")) {
                double count = Double.parseDouble(text);
                if (count >= LEAST && count <= MOST) {
                    return (long) count;
                }
            }
            throw wrong("a number from 1000 to 1e10", text);
        }
    }
}
