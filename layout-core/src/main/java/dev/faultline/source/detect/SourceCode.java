package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A language whose source code is not read, or only its plain declarations. Java's is known by its content, since its
 * classes look like those of C++; for the others the ending of the name tells what to do when the text is not
 * understood.
 */
enum SourceCode {
    JAVA("Java", "compile it, `javac -g -d classes FILE`, and name classes", "java"),
    KOTLIN("Kotlin", "compile it and name the jar or the directory of its classes", "kt", "kts"),
    SCALA("Scala", "compile it and name the jar or the directory of its classes", "scala"),
    GROOVY("Groovy", "compile it and name the jar or the directory of its classes", "groovy"),
    RUST(
            "Rust",
            "compile it with debug information, `cargo build`, and name the program or library below target/debug",
            "rs"),
    C("C", "compile it, `gcc -g -c FILE -o OBJECT`, and name OBJECT", "c", "h"),
    CXX("C++", "compile it, `g++ -g -c FILE -o OBJECT`, and name OBJECT", "cc", "cpp", "cxx", "hpp", "hh", "hxx");

    /** What no C++ has: a package, an import, a public class. */
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "^\\s*(?:package\\s+[\\w.]+\\s*;|import\\s+(?:static\\s+)?[\\w.]+(?:\\.\\*)?\\s*;"
                    + "|public\\s+(?:(?:abstract|final|sealed|strictfp)\\s+)*(?:class|interface|record|enum|@interface)\\b)",
            Pattern.MULTILINE);

    private static final Pattern JAVA_TYPE =
            Pattern.compile("^[\\w\\s@]*\\b(?:class|interface|record|enum)\\s+\\w+", Pattern.MULTILINE);

    private static final String OBJECT = "OBJECT";

    private final String language;
    private final String wayOut;
    private final List<String> endings;

    SourceCode(String language, String wayOut, String... endings) {
        this.language = language;
        this.wayOut = wayOut;
        this.endings = List.of(endings);
    }

    /**
     * Refuses source code of Java, which would be read as C++ otherwise.
     *
     * @param name the name of the text
     * @param text the text
     * @throws InputException when it is that
     */
    static void refuseJava(String name, String text) {
        boolean isNamedJava = of(name).filter(code -> code == JAVA).isPresent();
        if (isNamedJava
                ? JAVA_TYPE.matcher(text).find()
                : JAVA_TEXT.matcher(text).find()) {
            throw new InputException(name, "", JAVA.refusal(name));
        }
    }

    /** {@return a problem with a text, with the way out when the name says that it is source code} */
    static InputException advised(InputException problem, String name) {
        Optional<SourceCode> code = of(name);
        String start = name + ": " + (problem.place().isEmpty() ? "" : problem.place() + ": ");
        if (code.isEmpty() || !problem.getMessage().startsWith(start)) {
            return problem;
        }
        SourceCode language = code.get();
        if (language != C && language != CXX) {
            return new InputException(name, "", language.refusal(name));
        }
        String why = problem.getMessage().substring(start.length());
        return new InputException(
                name,
                problem.place(),
                why + "; plain declarations of " + language.language + " are read, all of it when you "
                        + language.command(name));
    }

    private static Optional<SourceCode> of(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (SourceCode code : values()) {
            if (code.endings.contains(ending)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private String refusal(String name) {
        return language + " source code, which tells no layout: " + command(name);
    }

    private String command(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String object = file.replaceFirst("\\.\\w+$", ".o");
        return Advice.of(wayOut.replace(OBJECT, Advice.isPlain(name) ? object : "it.o"), name);
    }
}
