package dev.faultline.source.sbe;

import dev.faultline.input.InputException;
import dev.faultline.source.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An element of a schema.
 *
 * @param tag its name without prefix
 * @param attributes the values of its attributes that have no namespace
 * @param children the elements in it; included ones stand in place of the inclusion
 * @param source the file it is in, for messages
 * @param line the line where it starts, from 1
 */
record SchemaElement(
        String tag, Map<String, String> attributes, List<SchemaElement> children, String source, int line) {

    private static final int LONGEST_SHOWN = 40;
    private static final int MOST_DIGITS = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** {@return the name of what it declares} */
    String name() {
        String name = required("name");
        if (!NAME.matcher(name).matches()) {
            throw problem("name=\"" + shown(name) + "\": expected letters, digits and _");
        }
        return name;
    }

    /** {@return the value of an attribute that must be there} */
    String required(String attribute) {
        String value = attributes.getOrDefault(attribute, "");
        if (value.isEmpty()) {
            throw problem("<" + tag + "> without " + attribute + "=\"...\"");
        }
        return value;
    }

    /** {@return the value of an attribute, or another one when it is not there} */
    String value(String attribute, String other) {
        return attributes.getOrDefault(attribute, other);
    }

    /** {@return the number in an attribute, from 0; empty when it is not there} */
    OptionalInt number(String attribute) {
        String value = attributes.get(attribute);
        if (value == null) {
            return OptionalInt.empty();
        }
        boolean isNumber = DIGITS.matcher(value).matches()
                && value.length() <= MOST_DIGITS
                && Long.parseLong(value) <= Integer.MAX_VALUE;
        if (!isNumber) {
            throw problem(attribute + "=\"" + shown(value) + "\": expected a number from 0 to " + Integer.MAX_VALUE);
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    /** {@return whether what it declares is a constant, which takes no bytes} */
    boolean isConstant() {
        String presence = value("presence", "required");
        if (!presence.equals("required") && !presence.equals("optional") && !presence.equals("constant")) {
            throw problem("presence=\"" + shown(presence) + "\": expected required, optional or constant");
        }
        return presence.equals("constant");
    }

    /** {@return where it starts, for messages} */
    String place() {
        return source + ":" + line;
    }

    SourceLocation location() {
        return new SourceLocation(source, line);
    }

    /** {@return an error at this element} */
    InputException problem(String what) {
        return new InputException(source, "line " + line, what);
    }

    /** {@return a text of a file for a message: a long one is cut} */
    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
