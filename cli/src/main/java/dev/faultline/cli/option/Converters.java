package dev.faultline.cli.option;

import dev.faultline.compare.ComparisonOrder;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.suggest.packing.SearchEffort;
import picocli.CommandLine;

/** How words become values, for every type of option that has only one way. */
public final class Converters {

    private Converters() {}

    /** Makes a command and its subcommands convert all types of this program. */
    public static void register(CommandLine root) {
        register(root, Arbitration.class);
        register(root, ColorMode.class);
        register(root, ComparisonOrder.class);
        register(root, Emission.class);
        register(root, FailOn.class);
        register(root, Format.class);
        register(root, MachineOptions.FileFormat.class);
        register(root, Protocol.class);
        register(root, SortKey.class);
        register(root, Threshold.class);
        root.registerConverter(CpuCounts.class, CpuCounts::parse);
        root.registerConverter(SearchEffort.class, ConstraintOptions::effort);
        root.registerConverter(Glob.class, Glob::parse);
        root.registerConverter(ConstraintOptions.Pin.class, ConstraintOptions.Pin::parse);
        root.registerConverter(Places.class, Places::parse);
    }

    private static <E extends Enum<E>> void register(CommandLine root, Class<E> type) {
        root.registerConverter(type, word -> Keywords.parse(word, type));
    }
}
