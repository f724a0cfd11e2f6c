package dev.faultline.source.jvm;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/**
 * The result of comparing the model's layout of a class with the running VM's.
 *
 * @param className the class
 * @param mode the mode of the running VM
 * @param agreeing number of fields at the same offset, inherited ones included
 * @param mismatches the differences, one line each
 * @param unchecked what could not be compared, one line each with the reason
 */
@Internal
public record Verification(
        String className, VmMode mode, int agreeing, List<String> mismatches, List<String> unchecked) {

    public Verification {
        Objects.requireNonNull(className);
        Objects.requireNonNull(mode);
        mismatches = List.copyOf(mismatches);
        unchecked = List.copyOf(unchecked);
    }

    /** {@return whether there are no differences} */
    public boolean agrees() {
        return mismatches.isEmpty();
    }

    /** {@return the result in one line: {@code "com.acme.Ring: 5 fields as in the running VM (JDK 17)"}} */
    public String summary() {
        return className + ": " + agreeing + (agreeing == 1 ? " field" : " fields") + " as in the running VM (" + mode
                + ")"
                + (mismatches.isEmpty() ? "" : ", " + mismatches.size() + " not")
                + (unchecked.isEmpty() ? "" : ", " + unchecked.size() + " unchecked");
    }
}
