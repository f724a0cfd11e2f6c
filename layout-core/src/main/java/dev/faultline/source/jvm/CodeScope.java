package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.UnreadCode;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import dev.faultline.source.jvm.code.ClassCodeReader;
import dev.faultline.source.jvm.code.CodeLinker;
import dev.faultline.source.jvm.declared.DeclaredStructs;
import dev.faultline.source.jvm.declared.InitialiserRunner;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.ModuleImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The code that is read to learn who uses the fields of a class: all classes of its source, and the superclasses of
 * these in libraries and in the JDK; of the JDK, whose code is large, only the packages of the class and its
 * superclasses.
 */
final class CodeScope {

    private static final int MOST_NAMED = 3;

    /** Superclasses that many classes have and that have nothing to share. */
    private static final Set<String> PLAIN = Set.of("java/lang/Object", "java/lang/Enum", "java/lang/Record");

    private static final CodeIndex UNREAD_JDK =
            new CodeIndex(List.of(), List.of(), List.of("the code of the JDK, which is read for single classes only"));

    /** Stands for all classes of the source. */
    private static final Set<String> WHOLE = Set.of();

    private final ClassStore store;
    private final ModuleImage jdk = new ModuleImage();
    private final String description;
    private final Map<Set<String>, Code> known = new HashMap<>();
    private DeclaredStructs declared;

    /** Code that was read, and the structs outside of Java objects that it declares. */
    private record Code(CodeIndex index, DeclaredStructs structs) {}

    private final Optional<InitialiserRunner> runner;

    CodeScope(String description, ClassStore store, Optional<InitialiserRunner> runner) {
        this.description = description;
        this.store = store;
        this.runner = runner;
    }

    /** {@return the code that may use the fields of a class} */
    CodeIndex around(Hierarchy hierarchy) {
        return codeAround(hierarchy).index();
    }

    private Code codeAround(Hierarchy hierarchy) {
        if (store instanceof ModuleImage) {
            return ofPackages(hierarchy, "the code of the JDK outside of ");
        }
        return store.isWhole() ? whole() : ofPackages(hierarchy, "code outside of ");
    }

    /** {@return the structs that the code around a class declares} */
    DeclaredStructs structsAround(Hierarchy hierarchy) {
        return codeAround(hierarchy).structs();
    }

    /** {@return the code of the whole source; that of the JDK is not read} */
    CodeIndex all() {
        return store instanceof ModuleImage ? UNREAD_JDK : whole().index();
    }

    /**
     * {@return the structs that the classes of the source declare; those of the JDK are not looked for} Only the code
     * of classes that may declare some, or access them, is read, unless all is known already.
     */
    synchronized DeclaredStructs structs() {
        if (store instanceof ModuleImage) {
            return DeclaredStructs.NONE;
        }
        if (declared == null) {
            declared = known.containsKey(WHOLE) ? whole().structs() : withMemory();
        }
        return declared;
    }

    private DeclaredStructs withMemory() {
        List<UnreadCode> unread = Collections.synchronizedList(new ArrayList<>());
        List<ClassCode> classes = new ArrayList<>(store.codeNames().parallelStream()
                .flatMap(name -> read(store, name, unread, ClassCodeReader::hasMemory).stream())
                .toList());
        addRelated(classes, unread);
        return DeclaredStructs.find(description, classes, CodeLinker.of(classes).memory(), this::file, runner);
    }

    /** Adds what the names of constants are searched in: superclasses, interfaces and outer classes. */
    private void addRelated(List<ClassCode> classes, List<UnreadCode> unread) {
        Set<String> found = new HashSet<>(PLAIN);
        classes.forEach(each -> found.add(each.name()));
        for (int i = 0; i < classes.size(); i++) { // grows
            ClassCode type = classes.get(i);
            Set<String> related = new LinkedHashSet<>(type.interfaces());
            type.superName().ifPresent(related::add);
            int nested = type.name().lastIndexOf('$');
            if (nested > type.name().lastIndexOf('/') + 1) {
                related.add(type.name().substring(0, nested));
            }
            related.stream()
                    .filter(name -> !name.startsWith("java/") && found.add(name))
                    .forEach(name -> classes.addAll(read(store, name, unread)));
        }
    }

    /** {@return the same, for use with many classes: that of the JDK is not read} */
    CodeIndex ofMany(Hierarchy hierarchy) {
        return store instanceof ModuleImage ? UNREAD_JDK : around(hierarchy);
    }

    private Code whole() {
        return once(WHOLE, () -> read(store.codeNames(), List.of(), false));
    }

    /** The lock may be taken again by a thread that has it, as threads do that read in parallel. */
    private synchronized Code once(Set<String> classes, Supplier<Code> reading) {
        Code code = known.get(classes);
        if (code == null) {
            code = reading.get();
            known.put(classes, code);
        }
        return code;
    }

    /** Reads only the packages of a class and its superclasses. */
    private Code ofPackages(Hierarchy hierarchy, String note) {
        Set<String> classes = hierarchy.levels().stream()
                .map(level -> level.file().name())
                .filter(name ->
                        !PLAIN.contains(name) || name.equals(hierarchy.leaf().name()))
                .filter(name -> store instanceof ModuleImage || !isOfJdk(hierarchy, name))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> packages =
                classes.stream().map(ClassNames::packageOf).collect(Collectors.toCollection(TreeSet::new));
        return once(store instanceof ModuleImage ? packages : classes, () -> {
            Set<String> names = new LinkedHashSet<>(store instanceof ModuleImage ? List.of() : store.codeNames());
            classes.forEach(name -> names.addAll(store.packageOf(name)));
            names.addAll(classes);
            boolean isAlone = classes.containsAll(names);
            return read(names, List.of(isAlone ? "the code of other classes" : note + words(packages)), isAlone);
        });
    }

    private static String words(Set<String> packages) {
        return packages.stream()
                .map(name -> name.isEmpty() ? "the unnamed package" : ClassNames.external(name))
                .collect(Collectors.joining(", "));
    }

    private static boolean isOfJdk(Hierarchy hierarchy, String name) {
        return hierarchy.levels().stream()
                .anyMatch(level -> level.trusted() && level.file().name().equals(name));
    }

    private Code read(Collection<String> names, List<String> notes, boolean isAlone) {
        List<UnreadCode> unread = Collections.synchronizedList(new ArrayList<>());
        AtomicLong left = new AtomicLong(ClassLimits.MOST_SOURCE_EFFECTS);
        List<ClassCode> classes = new ArrayList<>(List.copyOf(names).parallelStream()
                .flatMap(name -> left.get() > 0 ? read(store, name, unread).stream() : tooMuch(name, unread))
                .peek(code -> left.addAndGet(-code.effects()))
                .toList());
        if (isAlone) {
            classes.forEach(ClassCode::alone);
        }
        addSuperclasses(classes, unread);
        unread.sort(Comparator.comparing(UnreadCode::type));
        List<String> all = new ArrayList<>(notes);
        if (!unread.isEmpty()) {
            all.add(words(unread));
        }
        CodeLinker linker = CodeLinker.of(classes);
        DeclaredStructs structs = store instanceof ModuleImage
                ? DeclaredStructs.NONE
                : DeclaredStructs.find(description, classes, linker.memory(), this::file, runner);
        return new Code(linker.linked(structs.classes(), unread, all), structs);
    }

    private Optional<DeclaredStructs.ClassFileBytes> file(String internalName) {
        return store.find(internalName)
                .map(content -> new DeclaredStructs.ClassFileBytes(content.source(), content.bytes()));
    }

    private static Stream<ClassCode> tooMuch(String name, List<UnreadCode> unread) {
        unread.add(new UnreadCode(
                ClassNames.external(name),
                "the code before it has more than " + ClassLimits.MOST_SOURCE_EFFECTS + " accesses and calls"));
        return Stream.empty();
    }

    private static String words(List<UnreadCode> unread) {
        String some = unread.stream().limit(MOST_NAMED).map(UnreadCode::reason).collect(Collectors.joining("; "));
        return "the code of " + unread.size() + (unread.size() == 1 ? " class" : " classes")
                + " that could not be read: " + some + (unread.size() > MOST_NAMED ? "; ..." : "");
    }

    private void addSuperclasses(List<ClassCode> classes, List<UnreadCode> unread) {
        Set<String> known = new HashSet<>(PLAIN);
        classes.forEach(each -> known.add(each.name()));
        unread.forEach(each -> known.add(each.type().replace('.', '/')));
        for (int i = 0; i < classes.size(); i++) { // grows
            classes.get(i)
                    .superName()
                    .filter(name -> !isThrowable(name) && known.add(name))
                    .ifPresent(name -> {
                        List<ClassCode> found = read(store, name, unread);
                        (found.isEmpty() ? read(jdk, name, unread) : found).forEach(each -> classes.add(each.alone()));
                    });
        }
    }

    private static boolean isThrowable(String name) {
        return name.startsWith("java/") && (name.endsWith("Exception") || name.endsWith("Error"));
    }

    private static List<ClassCode> read(ClassStore from, String name, List<UnreadCode> unread) {
        return read(from, name, unread, (source, bytes) -> true);
    }

    private static List<ClassCode> read(
            ClassStore from, String name, List<UnreadCode> unread, BiPredicate<String, byte[]> wanted) {
        try {
            return from
                    .find(name)
                    .filter(content -> wanted.test(content.source(), content.bytes()))
                    .map(content -> ClassCodeReader.read(content.source(), content.bytes()))
                    .filter(code -> code.name().equals(name))
                    .stream()
                    .toList();
        } catch (InputException broken) {
            unread.add(new UnreadCode(ClassNames.external(name), broken.getMessage()));
            return List.of();
        }
    }
}
