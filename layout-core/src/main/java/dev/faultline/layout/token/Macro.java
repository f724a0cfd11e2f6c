package dev.faultline.layout.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A macro of the preprocessor.
 *
 * @param name its name
 * @param parameters the names of its parameters, with {@code __VA_ARGS__} last when it takes any number; empty when it
 *     is used without parentheses
 * @param body the tokens that replace it
 * @param isDefined false for a name that {@code #undef} removed
 * @param certain whether no unknown condition of the text decides this
 */
record Macro(String name, Optional<List<String>> parameters, List<Token> body, boolean isDefined, boolean certain) {

    /** Most tokens of a body; longer macros are functions, and are left as they are. */
    private static final int LONGEST_BODY = 4096;

    private static final String REST = "__VA_ARGS__";

    /** {@return a name that is no macro from here on} */
    static Macro undefined(String name, boolean certain) {
        return new Macro(name, Optional.empty(), List.of(), false, certain);
    }

    /** {@return whether its uses can be replaced} */
    boolean isUsable() {
        return isDefined && certain && body.size() <= LONGEST_BODY;
    }

    /** {@return whether its last parameter takes all remaining arguments} */
    boolean isVariadic() {
        return parameters.map(names -> names.contains(REST)).orElse(false);
    }

    /**
     * Reads what follows {@code #define}.
     *
     * @param line the tokens of the line behind {@code define}
     * @param certain whether no unknown condition surrounds it
     * @return the macro; empty when this is prose
     */
    static Optional<Macro> of(List<Token> line, boolean certain) {
        if (line.isEmpty() || line.get(0).kind() != Token.Kind.WORD) {
            return Optional.empty();
        }
        Token name = line.get(0);
        boolean called = line.size() > 1
                && line.get(1).is("(")
                && line.get(1).column() == name.column() + name.text().length();
        if (!called) {
            return Optional.of(new Macro(name.text(), Optional.empty(), line.subList(1, line.size()), true, certain));
        }
        List<String> parameters = new ArrayList<>();
        int at = 2;
        for (; at < line.size() && !line.get(at).is(")"); at++) {
            Token token = line.get(at);
            if (token.kind() == Token.Kind.WORD) {
                parameters.add(token.text());
            } else if (token.text().startsWith(".") && !parameters.contains(REST)) {
                parameters.add(REST);
            }
        }
        return at == line.size()
                ? Optional.empty()
                : Optional.of(new Macro(
                        name.text(), Optional.of(parameters), line.subList(at + 1, line.size()), true, certain));
    }

    /**
     * Splits the tokens between its parentheses into arguments.
     *
     * @param inside the tokens between the parentheses
     * @return an argument for each parameter; empty when their number differs
     */
    Optional<List<List<Token>>> arguments(List<Token> inside) {
        List<String> names = parameters.orElse(List.of());
        List<List<Token>> arguments = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        int depth = 0;
        for (Token token : inside) {
            depth += token.is("(") || token.is("{") ? 1 : token.is(")") || token.is("}") ? -1 : 0;
            boolean rest = isVariadic() && arguments.size() == names.size() - 1;
            if (token.is(",") && depth == 0 && !rest) {
                arguments.add(current);
                current = new ArrayList<>();
            } else {
                current.add(token);
            }
        }
        if (!names.isEmpty() || !current.isEmpty()) {
            arguments.add(current);
        }
        if (isVariadic() && arguments.size() == names.size() - 1) {
            arguments.add(List.of());
        }
        return arguments.size() == names.size() ? Optional.of(arguments) : Optional.empty();
    }
}
