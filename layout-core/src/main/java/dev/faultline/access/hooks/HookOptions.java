package dev.faultline.access.hooks;

import dev.faultline.access.hooks.BlockTypes.StatedBlock;
import dev.faultline.input.InputException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person says about a run.
 *
 * @param types what blocks are, each {@code TYPE@FUNCTION} or {@code TYPE@FILE:LINE} of where they are allocated
 * @param operations names of functions that are operations; empty for the outermost in the file of an access
 * @param identity what was observed, by kind
 * @param seconds how long the run took; NaN for what the run itself tells
 */
public record HookOptions(
        List<String> types, Optional<Pattern> operations, Map<String, String> identity, double seconds) {

    public HookOptions {
        types = List.copyOf(types);
        Objects.requireNonNull(operations);
        identity = Map.copyOf(identity);
        stated(types);
    }

    /** {@return nothing that a person says} */
    public static HookOptions none() {
        return new HookOptions(List.of(), Optional.empty(), Map.of(), Double.NaN);
    }

    List<StatedBlock> stated() {
        return stated(types);
    }

    private static List<StatedBlock> stated(List<String> types) {
        return types.stream()
                .map(one -> {
                    int at = one.lastIndexOf('@');
                    if (at <= 0 || at == one.length() - 1) {
                        throw new InputException(
                                "--as", "", "expected TYPE@FUNCTION, such as node@make_node, found '" + one + "'");
                    }
                    return new StatedBlock(
                            one.substring(0, at).strip(), one.substring(at + 1).strip());
                })
                .toList();
    }
}
