package dev.faultline.cli.command;

import dev.faultline.report.text.WordWrap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultline} itself: no work of its own, only commands. */
@Command(
        name = "faultline",
        versionProvider = VersionProvider.class,
        description = "Finds the cache lines that threads fight over.",
        synopsisSubcommandLabel = "COMMAND",
        customSynopsis = "faultline COMMAND [OPTIONS] [ARGUMENTS]",
        sortOptions = false,
        usageHelpWidth = 80,
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline inspect rtable@6.3             a struct of the built-in catalogue",
            "  faultline inspect --from kernel dst_entry     one of the running kernel",
            "  faultline list --from app.jar            what is in a source",
            "  faultline explain WriterBesideReaders    why a rule fired, what to do",
            "  faultline simulate rtable@6.3 rtable@6.4      what more CPUs would suffer",
            "  faultline suggest rtable@6.3             a better layout, with its proof",
            "  faultline bench refcount                 reference counts, measured here",
            "  faultline diff old.o#foo new.o#foo       what a change of a struct does",
            "",
            "'faultline COMMAND --help' shows the options of a command."
        })
public final class FaultlineCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version and Java VM and exit.")
    private boolean version;

    @Mixin
    private CommonOptions common;

    private FaultlineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** {@return the command with all its subcommands} */
    public static CommandLine in(Surroundings surroundings) {
        CommandLine root = new CommandLine(new FaultlineCommand(surroundings))
                .addSubcommand(new InspectCommand(surroundings))
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new ExplainCommand(surroundings))
                .addSubcommand(new ReportCommand(surroundings))
                .addSubcommand(new SimulateCommand(surroundings))
                .addSubcommand(new SuggestCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new ImportCommand(surroundings))
                .addSubcommand(new BenchCommand(surroundings))
                .addSubcommand(new CalibrateCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings))
                .addSubcommand(new HelpCommand());
        root.setExpandAtFiles(false); // rtable@6.3 is a struct, and so may be @ anything
        root.setExecutionStrategy(InputFiles::run);
        return root;
    }

    @Override
    public Integer call() {
        surroundings.err().println("Usage: faultline COMMAND [OPTIONS] [ARGUMENTS]");
        String commands = "Commands: " + String.join(", ", spec.subcommands().keySet());
        WordWrap.wrap(commands, 80).forEach(surroundings.err()::println);
        surroundings.err().println("Try 'faultline --help', or 'faultline inspect rtable'.");
        return ExitStatus.USAGE;
    }
}
