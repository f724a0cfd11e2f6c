package dev.faultline.contract;

import dev.faultline.access.Profile;
import dev.faultline.machine.Machine;
import dev.faultline.source.LayoutSource;
import java.util.Optional;

/** What contracts name besides themselves. Names are as the file has them; whoever opens them knows where the file is. */
public interface ContractResolver {

    /**
     * Opens a source.
     *
     * @param contract the file that names it
     * @param name what it names; nothing for the built-in catalogue
     * @return the source
     * @throws dev.faultline.input.InputException when it is missing or broken
     */
    LayoutSource source(String contract, Optional<String> name);

    /** {@return a profile, or {@link dev.faultline.input.InputException}} */
    Profile profile(String contract, String name);

    /** {@return a machine: a preset, a file, or without a name the one contracts are for by default} */
    Machine machine(String contract, Optional<String> name);
}
