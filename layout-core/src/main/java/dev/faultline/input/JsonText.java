package dev.faultline.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.faultline.api.Internal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON value. Objects become maps in the order of the text, arrays lists, strings {@code String}, whole
 * numbers that fit {@code Long}, other numbers {@code BigDecimal}, {@code true} and {@code false} {@code Boolean}, and
 * {@code null} is {@link #NULL}. Strict, as RFC 8259 has it, and a key may stand once in an object. Nesting and the
 * lengths of names, strings and numbers are limited.
 */
@Internal
public final class JsonText {

    /** The value of {@code null}. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private static final int DEEPEST = 64;
    private static final int MOST_DIGITS = 64;
    private static final int LONGEST_NAME = 4096;
    private static final int LARGEST_EXPONENT = 9999;

    /** Names are not kept in a table that hostile ones could make slow. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(MOST_DIGITS)
                    .maxNameLength(LONGEST_NAME)
                    .build())
            .build();

    private final String source;
    /** The number of the first line of the text. */
    private final int firstLine;

    private final JsonParser parser;

    private JsonText(String source, int firstLine, JsonParser parser) {
        this.source = source;
        this.firstLine = firstLine;
        this.parser = parser;
    }

    /**
     * Reads a value.
     *
     * @param source the name of the text in messages
     * @param text one value, and nothing behind it but space
     * @param firstLine the number of its first line in the source, from 1
     * @return the value
     * @throws InputException when it is not JSON; names line and column
     */
    public static Object parse(String source, String text, int firstLine) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonText(source, firstLine, parser).whole();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // no text in memory fails to be read
        }
    }

    private Object whole() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw problem(parser.currentLocation(), "ends in the middle of a value");
            }
            Object value = value();
            if (parser.nextToken() != null) {
                throw problem(parser.currentTokenLocation(), "expected the end of the value");
            }
            return value;
        } catch (JsonEOFException end) {
            throw problem(end.getLocation(), "ends in the middle of a value");
        } catch (JsonProcessingException bad) {
            // what breaks a limit has no place of its own
            throw problem(bad.getLocation() == null ? parser.currentLocation() : bad.getLocation(), words(bad));
        }
    }

    private Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> throw problem(parser.currentTokenLocation(), "expected a value");
        };
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value());
        }
        return object;
    }

    private List<Object> array() throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private Object number() throws IOException {
        BigDecimal number;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException tooManyDigits) { // in an exponent: only then is a value computed from its text
            throw exponent();
        }
        if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
            throw exponent();
        }
        boolean isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        return isWhole && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                ? (Object) number.longValue()
                : number;
    }

    private InputException exponent() {
        return problem(parser.currentTokenLocation(), "a number with more than four digits in its exponent");
    }

    /** What is wrong, without the place in the library's words. */
    private static String words(JsonProcessingException bad) {
        String words = bad.getOriginalMessage();
        int place = words.indexOf("(start marker");
        words = place < 0 ? words : words.substring(0, place);
        return words.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?").strip();
    }

    private InputException problem(JsonLocation location, String problem) {
        int line = Math.max(1, location.getLineNr());
        return InputException.at(source, firstLine + line - 1, Math.max(1, location.getColumnNr()), problem);
    }
}
