package dev.faultline.cli.option;

import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a simulation is named on the command line. */
public final class SimulationWords {

    private SimulationWords() {}

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Which cache answers. */
    public static final class ProtocolConverter implements ITypeConverter<Protocol> {
        @Override
        public Protocol convert(String word) {
            return Words.parse(word, Arrays.asList(Protocol.values()), SimulationWords::word);
        }
    }

    /** Whom a line serves next. */
    public static final class ArbitrationConverter implements ITypeConverter<Arbitration> {
        @Override
        public Arbitration convert(String word) {
            return Words.parse(word, Arrays.asList(Arbitration.values()), SimulationWords::word);
        }
    }

    /** A share: a number from 0 to 1. */
    public static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (text.matches("\\d{1,9}(\\.\\d{1,18})?")) {
                double share = Double.parseDouble(text);
                if (share <= 1) {
                    return share;
                }
            }
            throw new TypeConversionException("expected a number from 0 to 1, got '" + text + "'");
        }
    }

    /** How many accesses: 1000 or more, {@code 2e6} too. */
    public static final class AccessesConverter implements ITypeConverter<Long> {
        private static final double FEWEST = 1000;
        private static final double MOST = 1e10;

        @Override
        public Long convert(String text) {
            if (text.matches("\\d{1,12}(\\.\\d{1,12})?([eE]\\+?\\d{1,2})?")) {
                double count = Double.parseDouble(text);
                if (count >= FEWEST && count <= MOST) {
                    return (long) count;
                }
            }
            throw new TypeConversionException("expected a number from 1000 to 1e10, got '" + text + "'");
        }
    }
}
