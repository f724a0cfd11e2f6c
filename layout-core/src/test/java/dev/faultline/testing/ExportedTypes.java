package dev.faultline.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.faultline.api.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The types of a module that its users may rely on: public, and not marked {@link Internal}. */
public final class ExportedTypes {

    private static final Pattern LISTED = Pattern.compile("<include>(dev/[^<]*)\\.java</include>");
    private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile(" +public \\w+ \\{");

    private final JavaClasses classes;
    private final String module;

    /**
     * The types of one module.
     *
     * @param packageName the package above all packages of the module
     * @param module what the location of its class files contains: {@code "/layout-core/"}
     */
    public ExportedTypes(String packageName, String module) {
        this.classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(packageName);
        this.module = module;
    }

    /** {@return the full names of the exported top-level types of the module, sorted} */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        classes.stream()
                .filter(type -> type.isTopLevelClass() && isInModule(type) && isExported(type))
                .forEach(type -> names.add(type.getName()));
        return List.copyOf(names);
    }

    /**
     * {@return one line for each type that an exported one mentions in its interface and that is not exported itself}
     */
    public List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : classes) {
            if (isInModule(type) && isExported(type)) {
                type.getMembers().stream()
                        .filter(member -> isOffered(member))
                        .flatMap(member -> mentioned(member).map(other -> member.getFullName() + " mentions " + other))
                        .forEach(leaks::add);
            }
        }
        return leaks.stream().sorted().distinct().toList();
    }

    /**
     * {@return the full names of the types that the module's pom.xml lists for Javadoc, in the order of the list}
     *
     * @throws IOException when the file in the working directory cannot be read
     */
    public List<String> listed() throws IOException {
        return LISTED.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(listed -> listed.group(1).replace('/', '.'))
                .toList();
    }

    /**
     * {@return one line for each public or protected member of a listed type whose Javadoc is missing or lacks a tag;
     * compact constructors of records need none, as the record describes its components}
     *
     * @throws IOException when a source file cannot be read
     */
    public List<String> undocumented() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        Path classes = Files.createTempDirectory("exported-types");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<Path> sources = listed().stream()
                    .map(name -> Path.of("src/main/java", name.replace('.', '/') + ".java"))
                    .toList();
            List<String> options = List.of(
                    "-proc:none", "-Xdoclint:missing/protected", "-Xmaxwarns", "10000", "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            List<String> lines = new ArrayList<>();
            for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics()) {
                String place = one.getSource() == null ? "" : line(one);
                if (!COMPACT_CONSTRUCTOR.matcher(place).matches()) {
                    lines.add(one.getMessage(Locale.ROOT) + ": " + place);
                }
            }
            return compiled || !lines.isEmpty() ? lines : List.of("the sources do not compile");
        } finally {
            delete(classes);
        }
    }

    private static String line(Diagnostic<? extends JavaFileObject> one) throws IOException {
        return one.getSource()
                .getCharContent(true)
                .toString()
                .lines()
                .skip(one.getLineNumber() - 1)
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean isInModule(JavaClass type) {
        return type.getSource().orElseThrow().getUri().toString().contains(module);
    }

    private static boolean isExported(JavaClass type) {
        Set<JavaModifier> modifiers = type.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC)
                && !type.getSimpleName().equals("package-info")
                && !type.isAnnotatedWith(Internal.class)
                && !type.getPackage().isAnnotatedWith(Internal.class)
                && type.getEnclosingClass().map(ExportedTypes::isExported).orElse(true);
    }

    private static boolean isOffered(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && !member.isAnnotatedWith(Internal.class);
    }

    private static Stream<String> mentioned(JavaMember member) {
        Stream<JavaClass> types = member instanceof JavaCodeUnit code
                ? Stream.concat(
                        code.getReturnType().getAllInvolvedRawTypes().stream(),
                        code.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()))
                : ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
        return types.map(JavaClass::getBaseComponentType)
                .filter(type -> type.getPackageName().startsWith("dev.faultline") && !isExported(type))
                .map(JavaClass::getName)
                .distinct();
    }
}
