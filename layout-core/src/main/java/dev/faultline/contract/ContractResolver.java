package dev.faultline.contract;

import dev.faultline.access.Profile;
import dev.faultline.machine.Machine;
import dev.faultline.source.LayoutSource;
import java.util.Optional;

/**
 * Opens the sources, profiles and machines that contracts name. Names are as written in the file; the resolver knows
 * where the file is. The methods throw {@link dev.faultline.input.InputException} for what is missing or broken.
 */
public interface ContractResolver {

    /**
     * Opens a source.
     *
     * @param contract the file that names it
     * @param name name of the source; empty for the built-in catalogue
     * @return the source
     */
    LayoutSource source(String contract, Optional<String> name);

    /** {@return a profile} */
    Profile profile(String contract, String name);

    /** {@return a machine: a preset, a file, or without a name the default machine of contracts} */
    Machine machine(String contract, Optional<String> name);
}
