package dev.faultline.source.jvm.values;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a method of a value interface does, by its name and the number of its parameters.
 *
 * @param field the name of its field
 * @param verb what the name begins with: {@code "setOrdered"}; empty when it is the name of the field
 * @param isArray whether the first parameter is an index
 * @param isWrite whether its last parameter is the new value
 */
record ValueAccessor(String field, String verb, boolean isArray, boolean isWrite) {

    private static final String FIELD_NAME = "([a-zA-Z_$][a-zA-Z\\d_$]*)";
    private static final List<Template> TEMPLATES = templates();

    /** Names that an accessor may have; of several the one with the longest text is meant. */
    private record Template(String text, int parameters, String verb, boolean isArray, boolean isWrite) {
        Pattern pattern() {
            return Pattern.compile(text);
        }
    }

    private static List<Template> templates() {
        List<Template> templates = new ArrayList<>();
        for (String verb : List.of("get", "", "is", "getVolatile")) {
            add(templates, verb, 0, false);
        }
        add(templates, "getUsing", 1, false);
        for (String verb : List.of("set", "", "setVolatile", "setOrdered", "add", "addAtomic")) {
            add(templates, verb, 1, true);
        }
        add(templates, "compareAndSwap", 2, true);
        templates.sort(
                Comparator.comparingInt((Template template) -> -template.text().length())
                        .thenComparing(Template::text));
        return List.copyOf(templates);
    }

    private static void add(List<Template> templates, String verb, int parameters, boolean isWrite) {
        templates.add(new Template(verb + FIELD_NAME, parameters, verb, false, isWrite));
        templates.add(new Template(verb + FIELD_NAME + "At", parameters + 1, verb, true, isWrite));
    }

    /** {@return what a method does; empty when its name is none of an accessor} */
    static Optional<ValueAccessor> of(String method, int parameters) {
        for (Template template : TEMPLATES) {
            Matcher matcher = template.pattern().matcher(method);
            if (template.parameters() == parameters && matcher.matches()) {
                return Optional.of(new ValueAccessor(
                        fieldName(matcher.group(1)), template.verb(), template.isArray(), template.isWrite()));
            }
        }
        return Optional.empty();
    }

    private static String fieldName(String name) {
        boolean isKept =
                name.length() > 1 && Character.isUpperCase(name.charAt(1)) || Character.isLowerCase(name.charAt(0));
        return isKept ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
