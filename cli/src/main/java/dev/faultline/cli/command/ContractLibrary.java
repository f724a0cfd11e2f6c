package dev.faultline.cli.command;

import dev.faultline.access.Profile;
import dev.faultline.contract.ContractResolver;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.detect.SourceDetector;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What contracts name, opened: files beside the contract, words that mean a source or a preset, unless the command line names
 * others. Without a word about the machine a contract is for x86-64, so that it says the same wherever it is checked.
 */
final class ContractLibrary implements ContractResolver {

    private static final List<String> WORDS = List.of(SourceDetector.KERNEL, SourceDetector.JVM);

    private final Sources sources;
    private final Optional<String> from;
    private final Optional<Machine> machine;
    private final Map<String, Profile> profiles = new HashMap<>();

    /**
     * A library.
     *
     * @param sources opens sources
     * @param from the source to look in, whatever contracts name
     * @param machine the machine to judge for, whatever contracts name
     */
    ContractLibrary(Sources sources, Optional<String> from, Optional<Machine> machine) {
        this.sources = sources;
        this.from = from;
        this.machine = machine;
    }

    @Override
    public LayoutSource source(String contract, Optional<String> name) {
        if (from.isPresent() || name.isEmpty()) {
            return sources.get(from);
        }
        if (name.get().equals(Sources.STANDARD_INPUT)) {
            throw new InputException(name.get(), "", "standard input is for the command line: give --from -");
        }
        return sources.get(Optional.of(WORDS.contains(name.get()) ? name.get() : beside(contract, name.get())));
    }

    @Override
    public Profile profile(String contract, String name) {
        return profiles.computeIfAbsent(beside(contract, name), Resolving::profile);
    }

    @Override
    public Machine machine(String contract, Optional<String> name) {
        if (machine.isPresent() || name.isEmpty()) {
            return machine.orElseGet(Machines::x86);
        }
        String word = name.get();
        return Machines.byName(word)
                .or(() -> MachineFile.read(beside(contract, word)))
                .orElseThrow(() -> new InputException(
                        word,
                        "",
                        "no preset and no machine file" + Nearest.hint(word, Machines.names()) + "; presets are "
                                + String.join(", ", Machines.names())));
    }

    private static String beside(String contract, String name) {
        try {
            return Path.of(contract).resolveSibling(name).toString();
        } catch (InvalidPathException unspeakable) {
            throw new InputException(name, "", "is no file name here: " + unspeakable.getReason());
        }
    }
}
