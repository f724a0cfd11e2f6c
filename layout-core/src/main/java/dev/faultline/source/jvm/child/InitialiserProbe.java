package dev.faultline.source.jvm.child;

import dev.faultline.api.Internal;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.Field;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The main class of the VM that runs static initialisers. Only this class file is copied there, so it uses nothing of
 * this project, and {@code java.lang.foreign} by reflection.
 *
 * <p>A line of the request names a class, the JDK it needs, and static fields, separated by blanks; names are encoded
 * as in URLs. The answer for line n is {@code begin n}, a line {@code field NAME VALUE} for each field whose value is a
 * number ({@code 64}) or a layout, {@code threw}, {@code old} or {@code absent} with a reason if there is one, and
 * {@code end n}; at the end {@code done}. A layout is its kind, its bytes, its alignment, its name after {@code =} or
 * {@code -} without one, for groups and sequences the number of members or elements, and then its members or its
 * element.
 */
@Internal
public final class InitialiserProbe {

    private static final int DEEPEST = 32;
    private static final int MOST_LAYOUTS = 10_000;
    private static final int MOST_CHARACTERS = 300;
    private static final String FOREIGN = "java.lang.foreign.";

    private final Writer out;
    private int layouts;

    private InitialiserProbe(Writer out) {
        this.out = out;
    }

    /**
     * Runs initialisers and ends the VM.
     *
     * @param arguments the file of the request and that of the answer
     * @throws IOException when they cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        List<String> requests = Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8);
        Writer out = new OutputStreamWriter(new FileOutputStream(arguments[1]), StandardCharsets.UTF_8);
        InitialiserProbe probe = new InitialiserProbe(out);
        for (int i = 0; i < requests.size(); i++) {
            probe.answer(i, requests.get(i).split(" "));
        }
        probe.line("done");
        Runtime.getRuntime().halt(0); // threads that initialisers have started may never end
    }

    private void line(String text) throws IOException {
        out.write(text + "\n");
        out.flush();
    }

    private void answer(int number, String[] request) throws IOException {
        line("begin " + number);
        int needed = Integer.parseInt(request[1]);
        try {
            if (Runtime.version().feature() < needed) {
                line("old " + encoded(needed + " " + Runtime.version().feature()));
            } else {
                fields(request);
            }
        } catch (ClassNotFoundException absent) {
            line("absent " + encoded(String.valueOf(absent.getMessage())));
        } catch (ExceptionInInitializerError thrown) {
            line("threw " + encoded(words(thrown.getCause() == null ? thrown : thrown.getCause())));
        } catch (Throwable thrown) { // of any kind: it is the program's
            line("threw " + encoded(words(thrown)));
        }
        line("end " + number);
    }

    private static String words(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable alsoThrown) { // messages are made by the program
            return thrown.getClass().getName();
        }
    }

    private void fields(String[] request) throws IOException, ReflectiveOperationException {
        Class<?> type = Class.forName(decoded(request[0]), true, ClassLoader.getSystemClassLoader());
        for (int i = 2; i < request.length; i++) {
            Field field = type.getDeclaredField(decoded(request[i]));
            field.setAccessible(true);
            Object value = field.get(null);
            if (value instanceof Integer || value instanceof Long) {
                line("field " + request[i] + " " + value);
            } else if (value != null && isA("MemoryLayout", value)) {
                layouts = 0;
                StringBuilder text = new StringBuilder();
                if (write(value, text, 0)) {
                    line("field " + request[i] + text);
                }
            }
        }
    }

    private static boolean isA(String name, Object value) throws ClassNotFoundException {
        return Class.forName(FOREIGN + name).isInstance(value);
    }

    private static Object ask(String type, String method, Object value) throws ReflectiveOperationException {
        return Class.forName(FOREIGN + type).getMethod(method).invoke(value);
    }

    /** Writes a layout and what is in it; returns whether it is small enough. */
    private boolean write(Object layout, StringBuilder text, int depth) throws ReflectiveOperationException {
        if (depth > DEEPEST || ++layouts > MOST_LAYOUTS) {
            return false;
        }
        boolean isSequence = isA("SequenceLayout", layout);
        boolean isGroup = isA("GroupLayout", layout);
        Object name = ask("MemoryLayout", "name", layout);
        String own = ((java.util.Optional<?>) name)
                .map(some -> "=" + URLEncoder.encode((String) some, StandardCharsets.UTF_8))
                .orElse("-");
        text.append(' ')
                .append(isSequence ? "*" : isGroup ? isA("UnionLayout", layout) ? "|" : "[" : letter(layout))
                .append(' ')
                .append(ask("MemoryLayout", "byteSize", layout))
                .append(' ')
                .append(ask("MemoryLayout", "byteAlignment", layout))
                .append(' ')
                .append(own);
        if (isSequence) {
            text.append(' ').append(ask("SequenceLayout", "elementCount", layout));
            return write(ask("SequenceLayout", "elementLayout", layout), text, depth + 1);
        }
        if (isGroup) {
            List<?> members = (List<?>) ask("GroupLayout", "memberLayouts", layout);
            text.append(' ').append(members.size());
            for (Object member : members) {
                if (!write(member, text, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@return the letter that the library has for a value: of its type, upper-case for the byte order of networks} */
    private static String letter(Object layout) throws ReflectiveOperationException {
        if (isA("PaddingLayout", layout)) {
            return "x";
        }
        Class<?> carrier = (Class<?>) ask("ValueLayout", "carrier", layout);
        String letter = carrier.isPrimitive() ? carrier.descriptorString().toLowerCase(java.util.Locale.ROOT) : "a";
        boolean isBig = ask("ValueLayout", "order", layout).toString().startsWith("BIG");
        return isBig ? letter.toUpperCase(java.util.Locale.ROOT) : letter;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(
                text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text,
                StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
