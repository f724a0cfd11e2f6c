package dev.faultline.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of one command, in the macros of man(7). It says what {@code --help} says, from the same model.
 *
 * @param command the command
 * @param version the version of the program
 */
record ManualPage(CommandLine command, String version) {

    private static final String EXIT_STATUS = "Exit status:";

    /** {@return the name of the page and of its file without its section, such as {@code faultline-inspect}} */
    String name() {
        String name = command.getCommandName();
        return command.getParent() == null ? name : command.getParent().getCommandName() + "-" + name;
    }

    /** {@return the source of the page} */
    String text() {
        Roff page = new Roff();
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        String[] description = usage.description();
        page.macro("TH", name().toUpperCase(Locale.ROOT), "1", "", "Faultline " + version, "Faultline Manual");
        page.section("NAME");
        page.line(name() + " - " + description[0].replaceFirst("\\.$", ""));
        page.section("SYNOPSIS");
        page.example(List.of(usage.customSynopsis()));
        page.section("DESCRIPTION");
        page.line(String.join(" ", description));
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            page.item(parameter.paramLabel(), description(parameter));
        }
        page.section("OPTIONS");
        for (OptionSpec option : spec.options()) {
            page.item(names(option), description(option));
        }
        commands(page);
        footer(page, List.of(usage.footer()));
        seeAlso(page);
        return page.text();
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        if (option.arity().max() == 0) {
            return names;
        }
        return names + "=" + option.paramLabel()
                + (option.splitRegex().isEmpty() ? "" : "[," + option.paramLabel() + "...]");
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private void commands(Roff page) {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        page.section("COMMANDS");
        command.getSubcommands()
                .forEach((name, sub) -> page.item(
                        name,
                        String.join(" ", sub.getCommandSpec().usageMessage().description())));
    }

    /** Examples are what is indented before the first blank line; what follows are notes and the exit statuses. */
    private static void footer(Roff page, List<String> footer) {
        int end = footer.indexOf("");
        List<String> examples = end < 0 ? footer : footer.subList(0, end);
        if (!examples.isEmpty()) {
            page.section("EXAMPLES");
            page.example(examples);
        }
        List<String> notes = new ArrayList<>(end < 0 ? List.of() : footer.subList(end + 1, footer.size()));
        int status = 0;
        while (status < notes.size() && !notes.get(status).startsWith(EXIT_STATUS)) {
            status++;
        }
        if (status > 0) {
            page.section("NOTES");
            page.paragraphs(notes.subList(0, status));
        }
        if (status < notes.size()) {
            List<String> statuses = new ArrayList<>(notes.subList(status, notes.size()));
            statuses.set(0, statuses.get(0).substring(EXIT_STATUS.length()).strip());
            page.section("EXIT STATUS");
            page.paragraphs(statuses);
        }
    }

    private void seeAlso(Roff page) {
        CommandLine root = command.getParent() == null ? command : command.getParent();
        List<String> others = new ArrayList<>();
        if (command.getParent() != null) {
            others.add(root.getCommandName() + "(1)");
        }
        root.getSubcommands().forEach((name, sub) -> {
            if (sub != command && hasPage(sub)) {
                others.add(root.getCommandName() + "-" + name + "(1)");
            }
        });
        page.section("SEE ALSO");
        page.line(String.join(", ", others));
    }

    /** {@return whether a command has a page; the one that shows help has none} */
    static boolean hasPage(CommandLine command) {
        return !(command.getCommand() instanceof CommandLine.HelpCommand);
    }
}
