package dev.faultline.contract;

import dev.faultline.access.Profile;
import dev.faultline.machine.Machine;
import dev.faultline.source.LayoutSource;
import java.util.Optional;

/**
 * Opens the sources, profiles and machines that contracts name. Names are as written in the file; the resolver knows
 * where the file is.
 */
public interface ContractResolver {

    /**
     * Opens a source.
     *
     * @param contract the file that names it
     * @param name name of the source; empty for the built-in catalogue
     * @return the source
     * @throws dev.faultline.input.InputException when it is missing or broken
     */
    LayoutSource source(String contract, Optional<String> name);

    /**
     * {@return a profile}
     *
     * @throws dev.faultline.input.InputException when it is missing or broken
     */
    Profile profile(String contract, String name);

    /**
     * {@return a machine: a preset, a file, or without a name the default machine of contracts}
     *
     * @throws dev.faultline.input.InputException when it is missing or broken
     */
    Machine machine(String contract, Optional<String> name);
}
