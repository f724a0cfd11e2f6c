package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.contract.ContractResolver;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.detect.SourceName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens what contracts name: files relative to the contract, words that mean a source or a preset, unless the command
 * line names others. A contract that names no machine is for x86-64, so that it gives the same result wherever it is
 * checked.
 */
final class ContractLibrary implements ContractResolver {

    private static final List<String> WORDS = List.of(SourceDetector.KERNEL, SourceDetector.JVM);

    private final StructFinder finder;
    private final Optional<Machine> machine;
    private final CliContext context;
    private final Map<String, Profile> profiles = new HashMap<>();

    /**
     * @param finder opens sources; its {@code --from} counts, whatever contracts name
     * @param machine the machine to check for, whatever contracts name
     * @param context where to say what to know about a profile
     */
    ContractLibrary(StructFinder finder, Optional<Machine> machine, CliContext context) {
        this.finder = finder;
        this.machine = machine;
        this.context = context;
    }

    @Override
    public LayoutSource source(String contract, Optional<String> name) {
        if (finder.from().isPresent() || name.isEmpty()) {
            return finder.source();
        }
        if (name.get().equals(Sources.STANDARD_INPUT)) {
            throw new InputException(name.get(), "", "a contract cannot name standard input; give --from -");
        }
        return finder.source(WORDS.contains(name.get()) ? name.get() : source(contract, name.get()));
    }

    @Override
    public Profile profile(String contract, String name) {
        return profiles.computeIfAbsent(beside(contract, name), file -> OptionResolver.profile(file, context));
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

    /** A class path names its entries from the directory of the contract. */
    private static String source(String contract, String name) {
        String whole = beside(contract, name);
        return Files.exists(Path.of(whole))
                ? whole
                : SourceName.in(name, file -> beside(contract, file)).text();
    }

    private static String beside(String contract, String name) {
        try {
            return Path.of(contract).resolveSibling(name).toString();
        } catch (InvalidPathException unspeakable) {
            throw new InputException(name, "", "is no file name here: " + unspeakable.getReason());
        }
    }
}
