package dev.faultline.cli.command;

import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.input.InputException;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** For commands that want just one struct for each name. */
final class Naming {

    private Naming() {}

    /**
     * Finds the structs; says why when one is not there.
     *
     * @param names what was typed
     * @param source where to look
     * @param by what they are to be judged by
     * @param command the command, for complaints
     * @param surroundings where complaints go
     * @return one a name, in order; none when one is missing
     * @throws InputException when a name stands for several
     */
    static List<Subject> subjects(
            List<String> names, SourceOptions source, Judgement by, CommandSpec command, Surroundings surroundings) {
        List<Reference> references =
                names.stream().map(name -> reference(name, source, command)).toList();
        Sources sources = new Sources(Resolving.detector(source, command), surroundings.in());
        List<Subject> subjects = new ArrayList<>();
        for (Reference reference : references) {
            Selection selection = Selection.of(List.of(reference), Optional.ofNullable(source.from), false, sources);
            selection.complaints().forEach(surroundings::say);
            if (selection.selected().isEmpty()) {
                return List.of();
            }
            if (selection.selected().size() > 1) {
                throw new InputException(
                        reference.name(),
                        "",
                        "stands for " + selection.selected().size() + " structs; 'faultline inspect' shows them, one"
                                + " file each can be " + done(command));
            }
            subjects.add(by.prepare(selection.selected().get(0).subject()));
        }
        return subjects;
    }

    private static String done(CommandSpec command) {
        return command.name().equals("simulate") ? "simulated" : "measured";
    }

    private static Reference reference(String name, SourceOptions source, CommandSpec command) {
        try {
            return Reference.parse(name, Optional.ofNullable(source.from));
        } catch (TypeConversionException wrong) {
            throw Complaints.usage(command, wrong.getMessage());
        }
    }
}
