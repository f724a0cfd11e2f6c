package dev.faultline.access.code.operation;

import java.util.regex.Pattern;

/**
 * The part of a function's name that says what it does. In C, names begin with that of the struct: {@code ring_put}.
 */
final class FunctionNames {

    private static final String SET_UP = "init";

    private static final Pattern SETS_UP = Pattern.compile(
            "(?i)(?:main|init\\w*|new|create|alloc|allocate|malloc|make|build|setup|prepare|boot|construct|default|from|free"
                    + "|destroy|delete|exit|fini|finish|cleanup|teardown|deinit|uninit|drop|deallocate|dealloc|config|configure"
                    + "|parse|load|probe|remove_all|flushall|dtor|ctor|fork|prefork|postfork|shutdown|reset|clear)(?:_.*)?");

    private FunctionNames() {}

    /** {@return what a function does, by its name} */
    static String verb(String name) {
        String plain = plain(name);
        if (plain.startsWith("~")) {
            return SET_UP;
        }
        String[] words = plain.split("_");
        for (int i = 0; i < words.length; i++) {
            String rest = rest(words, i);
            if (SETS_UP.matcher(rest).matches() || OperationNames.isSetUp(rest)) {
                return SET_UP;
            }
        }
        for (int i = 0; i < words.length; i++) {
            String rest = rest(words, i);
            if (OperationNames.side(rest).isPresent() || OperationNames.isInspection(rest)) {
                return rest;
            }
        }
        return plain;
    }

    /** {@return a name without the arguments of a template} */
    private static String plain(String name) {
        int open = name.indexOf('<');
        return open > 0 && !name.startsWith("operator") ? name.substring(0, open) : name;
    }

    private static String rest(String[] words, int from) {
        StringBuilder rest = new StringBuilder();
        for (int i = from; i < words.length; i++) {
            rest.append(i == from ? "" : "_").append(words[i]);
        }
        return rest.toString();
    }
}
