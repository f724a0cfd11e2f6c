package dev.faultline.cli.command;

import dev.faultline.cli.option.CpuOptions;
import dev.faultline.cli.option.StructOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The command that shows one struct of a source as a run saw it. */
final class ShownStruct implements Function<String, String> {

    private static final Pattern PLAIN = Pattern.compile("[\\w./:@#=,+-]+");

    private final String source;
    private final StructOptions options;
    private final CpuOptions cpus;

    /**
     * @param source the source as the user named it
     * @param options the options of the run
     */
    ShownStruct(String source, StructOptions options, CpuOptions cpus) {
        this.source = source;
        this.options = options;
        this.cpus = cpus;
    }

    /** {@return the command; empty where the source cannot be read again} */
    @Override
    public String apply(String struct) {
        if (source.isEmpty() || source.equals("-")) {
            return "";
        }
        List<String> words = new ArrayList<>(List.of("faultline", "inspect", quoted(source + "#" + struct)));
        add(words, "--base", options.source.base);
        options.source.vms.forEach(vm -> add(words, "--vm", vm));
        if (options.source.isCodeRun) {
            words.add("--run-code");
        }
        add(words, "--java-home", options.source.javaHome);
        add(words, "--run-code-seconds", options.source.runCodeSeconds);
        add(words, "--profile", options.profile);
        add(words, "--machine", options.machine.machine);
        add(words, "--line", options.machine.lineBytes);
        add(words, "--base-align", options.machine.baseAlignment().orElse(null));
        add(words, "--cpus", cpus.count().orElse(null));
        return String.join(" ", words);
    }

    private static void add(List<String> words, String option, Object value) {
        if (value != null) {
            words.add(option);
            words.add(quoted(value.toString()));
        }
    }

    /** A dollar sign, as of nested classes, would be taken for a variable. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
