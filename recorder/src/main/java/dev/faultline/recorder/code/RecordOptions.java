package dev.faultline.recorder.code;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Options of the agent: {@code file=run.access&classes=com.acme.*&identity.file=app.jar}, encoded as in a URL. */
final class RecordOptions {

    private final SortedMap<String, String> identity = new TreeMap<>();
    private final List<Pattern> classes = new ArrayList<>();
    private Path file;

    private RecordOptions() {}

    static RecordOptions parse(String text) {
        RecordOptions options = new RecordOptions();
        for (String one : (text == null ? "" : text).split("&")) {
            int equals = one.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected file=FILE, found '" + text + "'");
            }
            options.set(one.substring(0, equals), URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
        }
        if (options.file == null) {
            throw new IllegalArgumentException("expected file=FILE, found '" + text + "'");
        }
        return options;
    }

    private void set(String name, String value) {
        if (name.equals("file")) {
            file = Path.of(value).toAbsolutePath();
        } else if (name.equals("classes")) {
            for (String glob : value.split(",")) {
                classes.add(pattern(glob.trim()));
            }
        } else if (name.startsWith("identity.")) {
            identity.put(name.substring("identity.".length()), value);
        } else {
            throw new IllegalArgumentException("expected file, classes or identity.KIND, found '" + name + "'");
        }
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    Path file() {
        return file;
    }

    SortedMap<String, String> identity() {
        return identity;
    }

    /** {@return whether a class is to be recorded} The name has slashes. */
    boolean takes(String name) {
        String binary = name.replace('/', '.');
        return classes.isEmpty()
                || classes.stream().anyMatch(glob -> glob.matcher(binary).matches());
    }
}
