package dev.faultline.source.jvm;

import java.util.List;
import java.util.Objects;

/**
 * The model's layout of a class beside the running VM's.
 *
 * @param className the class
 * @param mode the mode of the running VM
 * @param agreeing how many fields are where the model says, inherited ones included
 * @param mismatches what the VM has elsewhere, a line each
 * @param unchecked what the VM could not be asked, a line each with the reason
 */
public record Verification(
        String className, VmMode mode, int agreeing, List<String> mismatches, List<String> unchecked) {

    /** Refuses nulls. */
    public Verification {
        Objects.requireNonNull(className);
        Objects.requireNonNull(mode);
        mismatches = List.copyOf(mismatches);
        unchecked = List.copyOf(unchecked);
    }

    /** {@return whether the VM contradicts nothing} */
    public boolean agrees() {
        return mismatches.isEmpty();
    }

    /** {@return one line: {@code "com.acme.Ring: 5 fields as in the running VM (JDK 17)"}, with what is not so} */
    public String summary() {
        return className + ": " + agreeing + (agreeing == 1 ? " field" : " fields") + " as in the running VM (" + mode
                + ")"
                + (mismatches.isEmpty() ? "" : ", " + mismatches.size() + " not")
                + (unchecked.isEmpty() ? "" : ", " + unchecked.size() + " unchecked");
    }
}
