package dev.faultline.cli.command;

import dev.faultline.cli.option.CommonOptions;
import dev.faultline.cli.option.Converters;
import dev.faultline.cli.record.RecordCommand;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OverwriteGuard;
import dev.faultline.report.text.WordWrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultline}: holds the commands. */
@Command(
        name = "faultline",
        versionProvider = VersionProvider.class,
        description = "Finds the cache lines that threads fight over.",
        synopsisSubcommandLabel = "COMMAND",
        customSynopsis = "faultline COMMAND [OPTIONS] [ARGUMENTS]",
        commandListHeading = "%nCommands:%n",
        footer = {
            "  faultline inspect rtable@6.3             a struct of the built-in catalogue",
            "  faultline inspect ./app                  a program compiled with -g",
            "  faultline inspect kernel#dst_entry       a struct of the running kernel",
            "  faultline list --from app.jar            the structs of a source",
            "  faultline explain WriterBesideReaders    what a rule finds, what to do",
            "  faultline simulate rtable@6.3 rtable@6.4      the cost on more CPUs",
            "  faultline profile app.jar#com.acme.Ring  who uses which field, to edit",
            "  faultline suggest rtable@6.3             better layouts, with a proof",
            "  faultline bench refcount                 reference counts, measured here",
            "  faultline diff old.o#foo new.o#foo       the effect of a change",
            "",
            "'faultline COMMAND --help' shows the options of a command."
        })
public final class FaultlineCommand implements Callable<Integer> {

    /** The words that ask for the version. */
    public static final List<String> VERSION = List.of("--version", "-V");

    private static final String COMPLETION = "generate-completion";

    private static final String HELP = "help";

    /** The subcommands, in the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "inspect",
            "list",
            "explain",
            "report",
            "simulate",
            "suggest",
            "diff",
            "check",
            "profile",
            "record",
            "import",
            "merge",
            "bench",
            "calibrate",
            COMPLETION,
            HELP);

    /** Those that tell about all others. */
    private static final Set<String> SEE_ALL = Set.of(COMPLETION, HELP);

    private final CliContext context;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version and Java VM and exit.")
    private boolean version;

    private FaultlineCommand(CliContext context) {
        this.context = context;
    }

    /** {@return the command with all its subcommands} */
    public static CommandLine in(CliContext context) {
        return with(COMMANDS, new FaultlineCommand(context), context);
    }

    /**
     * Builds the command for one run. What picocli builds of a subcommand takes some milliseconds, so where the first
     * word names one, only that one is built, and nothing of the options that may stand before it.
     *
     * @param words the arguments of the run
     * @return the command with at least the subcommands that a run with these words needs
     */
    public static CommandLine in(CliContext context, List<String> words) {
        boolean isAlone = !words.isEmpty() && COMMANDS.contains(words.get(0)) && !SEE_ALL.contains(words.get(0));
        return isAlone
                ? with(words.subList(0, 1), CommandSpec.create().name("faultline"), context)
                : with(COMMANDS, new FaultlineCommand(context), context);
    }

    private static CommandLine with(List<String> names, Object first, CliContext context) {
        CommandLine root = new CommandLine(first);
        for (String name : names) {
            root.addSubcommand(name, subcommand(name, context));
        }
        if (names.contains("record")) {
            root.getSubcommands().get("record").setStopAtPositional(true); // options after it are the program's
        }
        root.setExpandAtFiles(false); // a struct's name may begin with @
        root.setExecutionStrategy(OverwriteGuard::run);
        Converters.register(root);
        List<CommandLine> commands = new ArrayList<>(root.getSubcommands().values());
        commands.removeIf(command -> command.getCommand() instanceof HelpCommand);
        if (first instanceof FaultlineCommand) {
            commands.add(root);
        }
        for (CommandLine command : commands) {
            command.getCommandSpec().addMixin("common", CommandSpec.forAnnotatedObject(new CommonOptions()));
            command.getCommandSpec().usageMessage().width(80).sortOptions(false).footerHeading("%nExamples:%n");
        }
        return root;
    }

    private static Object subcommand(String name, CliContext context) {
        return switch (name) {
            case "inspect" -> new InspectCommand(context);
            case "list" -> new ListCommand(context);
            case "explain" -> new ExplainCommand(context);
            case "report" -> new ReportCommand(context);
            case "simulate" -> new SimulateCommand(context);
            case "suggest" -> new SuggestCommand(context);
            case "diff" -> new DiffCommand(context);
            case "check" -> new CheckCommand(context);
            case "profile" -> new ProfileCommand(context);
            case "record" -> new RecordCommand(context);
            case "import" -> new ImportCommand(context);
            case "merge" -> new MergeCommand(context);
            case "bench" -> new BenchCommand(context);
            case "calibrate" -> new CalibrateCommand(context);
            case COMPLETION -> new CompletionCommand(context);
            case HELP -> new HelpCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Integer call() {
        context.err().println("Usage: faultline COMMAND [OPTIONS] [ARGUMENTS]");
        String commands = "Commands: " + String.join(", ", spec.subcommands().keySet());
        WordWrap.wrap(commands, 80).forEach(context.err()::println);
        context.err().println("Try 'faultline --help', or 'faultline inspect rtable'.");
        return ExitStatus.USAGE;
    }
}
