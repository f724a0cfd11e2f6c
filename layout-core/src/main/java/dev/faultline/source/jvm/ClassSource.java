package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.code.PaddingByUse;
import dev.faultline.access.code.operation.CodeAccessBuilder;
import dev.faultline.access.object.Creation;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.child.CodeRun;
import dev.faultline.source.jvm.child.InitialiserVm;
import dev.faultline.source.jvm.child.RememberedRuns;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.declared.InitialiserRunner;
import dev.faultline.source.jvm.store.ClassPathFiles;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.ClassStores;
import dev.faultline.source.jvm.store.LoadedClasses;
import dev.faultline.source.jvm.store.ModuleImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Java classes of a class path, a jar, a directory, a class file or the running JDK, laid out as a VM of a given mode
 * does.
 *
 * <p>Class files are read, not loaded. Static fields are not part of an instance; interfaces and primitives
 * have no layout, and {@link #find} says so. Superclasses are searched in the source, then in the running JDK, whatever
 * the mode: with mode 25 on JDK 17, fields inherited from the JDK are those of 17. Safe for use by several threads.
 */
@Internal
public final class ClassSource implements SelectiveSource {

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");

    private static final int MOST_CANDIDATES = 5;

    private static final int MOST_AT_A_TIME = 256;

    private final String description;
    private final ClassStore store;
    private final HierarchyReader hierarchies;
    private final VmMode mode;
    private final CodeScope code;
    private final Optional<InitialiserRunner> runner;
    private final StructSubjects structs;

    /** Names of the classes laid out so far with fields of another JDK version than the mode's. */
    private final Set<String> borrowing = new ConcurrentSkipListSet<>();

    private final RefusalCause causes;

    ClassSource(String description, ClassStore store, VmMode mode) {
        this(description, store, mode, Optional.empty());
    }

    private ClassSource(String description, ClassStore store, VmMode mode, Optional<InitialiserRunner> runner) {
        this(description, store, mode, new CodeScope(description, store, runner), runner);
    }

    private ClassSource(
            String description, ClassStore store, VmMode mode, CodeScope code, Optional<InitialiserRunner> runner) {
        this.code = code;
        this.runner = runner;
        this.description = Objects.requireNonNull(description);
        this.store = store;
        ModuleImage jdk = new ModuleImage();
        this.hierarchies = new HierarchyReader(store, jdk);
        this.structs = new StructSubjects(store, hierarchies, code);
        this.causes = new RefusalCause(store, jdk);
        this.mode = Objects.requireNonNull(mode);
    }

    /**
     * Opens a jar, a directory of packages or of jars, or a class file; the file's first bytes tell which.
     *
     * @param description its name in messages
     * @param jarOrDirectoryOrClassFile its path
     * @param mode the VM that lays out classes
     * @return the source
     * @throws InputException when it is none of these, or broken
     */
    public static ClassSource open(String description, Path jarOrDirectoryOrClassFile, VmMode mode) {
        return open(description, List.of(jarOrDirectoryOrClassFile.toString()), mode);
    }

    /**
     * Opens a class path. The classes of all entries are listed; libraries inside an application archive are only
     * searched for superclasses.
     *
     * @param description its name in messages
     * @param classPath its entries: jars, directories, class files, {@code directory/*} for all jars in a directory,
     *     {@code outer.jar!/inner.jar} for a jar in a jar
     * @param mode the VM that lays out classes
     * @return the source
     * @throws InputException when an entry is missing or broken; names it
     */
    public static ClassSource open(String description, List<String> classPath, VmMode mode) {
        return open(description, classPath, mode, Optional.empty());
    }

    /**
     * Opens a class path whose static initialisers may be run, for what cannot be known otherwise of the structs that
     * they declare.
     *
     * @param description its name in messages
     * @param classPath its entries, as for {@link #open(String, List, VmMode)}
     * @param mode the VM that lays out classes
     * @param run how initialisers are run; empty when they may not be run
     * @return the source
     * @throws InputException when an entry is missing or broken; names it
     */
    @Internal
    public static ClassSource open(String description, List<String> classPath, VmMode mode, Optional<CodeRun> run) {
        ClassStore store = ClassStores.open(description, classPath, mode.feature());
        return new ClassSource(
                description,
                store,
                mode,
                run.map(how ->
                        new RememberedRuns(new InitialiserVm(how, description, ClassPathFiles.of(classPath, store)))));
    }

    /** {@return the classes of the running JDK, from its module image} */
    public static ClassSource ofRunningVm(VmMode mode) {
        return new ClassSource("JDK " + Runtime.version().feature(), new ModuleImage(), mode);
    }

    /**
     * Opens the class files of a loaded class and its superclasses, as its class loader finds them.
     *
     * @param type the class
     * @param mode the VM that lays out classes
     * @return a source with that class; {@link #find} tells whether it has a layout
     */
    public static ClassSource ofLoaded(Class<?> type, VmMode mode) {
        ClassLoader loader = type.getClassLoader();
        ClassStore store = new LoadedClasses(
                type.getName().replace('.', '/'), loader == null ? ClassLoader.getSystemClassLoader() : loader);
        return store.find(type.getName().replace('.', '/')).isPresent()
                ? new ClassSource("loaded classes", store, mode)
                : ofRunningVm(mode);
    }

    @Override
    public String description() {
        return description;
    }

    /** {@return the VM that lays out classes} */
    public VmMode mode() {
        return mode;
    }

    /** {@return the same classes laid out by another VM} */
    public ClassSource in(VmMode other) {
        ClassStore seen = store.at(other.feature());
        return seen == store
                ? new ClassSource(description, store, other, code, runner)
                : new ClassSource(description, seen, other, runner);
    }

    /**
     * {@return every class file by name, interfaces included, with size -1, because it is known only when the class is
     * laid out; then the structs outside of Java objects that the classes declare}
     */
    @Override
    public List<Entry> entries() {
        return Stream.concat(store.names().stream().map(ClassSource::entry), structs.entries().stream())
                .toList();
    }

    private static Entry entry(String internalName) {
        String name = ClassNames.external(internalName);
        return new Entry(name, "", -1, "class " + name);
    }

    /**
     * Finds a class.
     *
     * @param name {@code com.acme.Ring} or {@code com/acme/Ring}; for a nested class {@code com.acme.Ring$Cell} or
     *     {@code com.acme.Ring.Cell}; or a name without package that only one class has. An array is named by its
     *     element type and length, {@code long[8]} or {@code com.acme.Cell[16]}; without a length, 16 are assumed.
     *     {@code AtomicLongArray(8)} is the array inside an object of that class. {@code com.acme.Ring.class} stands
     *     for the static fields of a class, and {@code com.acme.Ring.slots (long[])} for an array in a field.
     */
    @Override
    public Lookup find(String name) {
        try {
            Optional<ArrayName> array = ArrayName.parse(name.strip());
            if (array.isPresent()) {
                return new Lookup.Found(List.of(placed(ArrayLayout.of(resolved(array.get()), mode, description))));
            }
            Optional<ArrayInField> inField = ArrayInField.of(name.strip());
            if (inField.isPresent()) {
                hierarchy(inField.get().className());
                return arrayInField(inField.get());
            }
            Optional<Subject> statics = statics(name.strip());
            if (statics.isPresent()) {
                return new Lookup.Found(List.of(statics.get()));
            }
            Hierarchy hierarchy = hierarchy(name);
            return new Lookup.Found(List.of(subject(hierarchy, code.around(hierarchy))));
        } catch (InputException e) {
            return structs.find(name.strip(), e.getMessage());
        }
    }

    /** The length of an array is not part of its name; it is taken to be long. */
    private Lookup arrayInField(ArrayInField array) {
        Lookup found = find(array.spelling(ArrayInField.LONG));
        return found instanceof Lookup.Found some
                ? new Lookup.Found(some.subjects().stream().map(array::named).toList())
                : found;
    }

    /** {@return the static fields of the class of a class literal; empty of any other name} */
    private Optional<Subject> statics(String name) {
        if (!name.endsWith(StaticsLayout.SUFFIX)) {
            return Optional.empty();
        }
        Hierarchy hierarchy = hierarchy(name.substring(0, name.length() - StaticsLayout.SUFFIX.length()));
        CodeIndex index = code.around(hierarchy);
        ObjectDeclaration declaration = DeclarationReader.of(hierarchy, mode, index, Map.of());
        return Optional.of(StaticsLayout.of(
                hierarchy,
                declaration.statics(),
                declaration.staticCode(),
                index,
                mode,
                store.home(hierarchy.leaf().name()).orElse(description)));
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        Inventory objects = inventory(wanted, hierarchy -> {
            CodeIndex index = code.ofMany(hierarchy);
            return () -> Optional.of(subject(hierarchy, index));
        });
        List<Subject> outside = structs.wanted(wanted);
        if (outside.isEmpty()) {
            return objects;
        }
        List<Subject> all = new ArrayList<>(objects.subjects());
        all.addAll(outside);
        return new Inventory("structs", all, objects.leftOut(), objects.withoutInstances(), objects.unread());
    }

    /** Classes are not laid out, but their superclasses are found; all those of the JDK have theirs. */
    @Override
    public Inventory missing(Predicate<Entry> wanted) {
        return store instanceof ModuleImage
                ? new Inventory("classes", List.of(), List.of(), 0, List.of())
                : inventory(wanted, hierarchy -> {
                    checkFixed(hierarchy);
                    return Optional::empty;
                });
    }

    /** Lays out the classes that are wanted, several at a time; what lays out none leaves a class out. */
    private Inventory inventory(Predicate<Entry> wanted, Function<Hierarchy, Supplier<Optional<Subject>>> layOut) {
        List<Subject> subjects = new ArrayList<>();
        List<Inventory.LeftOut> leftOut = new ArrayList<>();
        int withoutInstances = 0;
        long fields = 0;
        Iterator<String> names =
                store.names().stream().filter(name -> wanted.test(entry(name))).iterator();
        while (names.hasNext()) {
            for (ClassDraft draft : ClassDraft.laidOut(drafts(names, layOut))) {
                if (draft.refusal().isEmpty()) {
                    draft.subject().ifPresent(subjects::add);
                    fields += draft.subject()
                            .map(subject -> subject.layout().slots().size())
                            .orElse(0);
                    checkFields(fields);
                    continue;
                }
                store.checkBudget();
                Optional<String> cause = causes.of(draft.name());
                withoutInstances += cause.isEmpty() ? 1 : 0;
                cause.ifPresent(words -> leftOut.add(new Inventory.LeftOut(
                        ClassNames.external(draft.name()),
                        words,
                        draft.refusal().get().getMessage())));
            }
        }
        return new Inventory("classes", subjects, leftOut, withoutInstances, store.unread());
    }

    /** Finds the superclasses of the next classes: of so many that they can be laid out at a time. */
    private List<ClassDraft> drafts(Iterator<String> names, Function<Hierarchy, Supplier<Optional<Subject>>> layOut) {
        List<ClassDraft> drafts = new ArrayList<>();
        int fields = 0;
        while (names.hasNext() && drafts.size() < MOST_AT_A_TIME && fields < ClassLimits.MOST_FIELDS) {
            String name = names.next();
            try {
                Hierarchy hierarchy = hierarchies.of(content(name).orElseThrow(() -> gone(name)), name);
                drafts.add(new ClassDraft(name, layOut.apply(hierarchy)));
                fields += hierarchy.levels().stream()
                        .mapToInt(level -> level.file().fields().size())
                        .sum();
            } catch (InputException refused) {
                store.checkBudget();
                drafts.add(new ClassDraft(name, () -> {
                    throw refused;
                }));
            }
        }
        return drafts;
    }

    private void checkFields(long fields) {
        if (fields > ClassLimits.MOST_SOURCE_FIELDS) {
            throw missing("its classes have more than " + ClassLimits.MOST_SOURCE_FIELDS
                    + " fields in total, inherited ones included; open a part of it");
        }
    }

    /** {@return what users should know about where the classes come from} */
    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(store.notes());
        if (!borrowing.isEmpty()) {
            notes.add(borrowed());
        }
        return notes;
    }

    /** The JDK at hand stands in for others, whose classes may have other fields. */
    private String borrowed() {
        String others = ", whatever the VM mode; other versions may declare others";
        String jdk = "JDK " + Runtime.version().feature();
        if (store.trusted()) {
            return description + ": fields are those that " + jdk + " declares" + others;
        }
        int left = borrowing.size() - MOST_CANDIDATES;
        return description + ": " + borrowing.size()
                + (borrowing.size() == 1 ? " class inherits" : " classes inherit") + " fields of the JDK as " + jdk
                + " declares them" + others + ": "
                + borrowing.stream().limit(MOST_CANDIDATES).collect(Collectors.joining(", "))
                + (left > 0 ? " and " + left + " more" : "");
    }

    /**
     * Returns the parts of a class that its author can rearrange.
     *
     * @param className a name as for {@link #find}
     * @return the outline, for this source's VM
     * @throws InputException when there is no such class or it cannot be laid out
     */
    public ClassOutline outline(String className) {
        Hierarchy hierarchy = hierarchy(className);
        ObjectLayout object = ObjectLayout.of(hierarchy, mode, description);
        CodeIndex index = code.around(hierarchy);
        Set<String> padding = subject(hierarchy, index).layout().fields().stream()
                .filter(Slot.Field::isPadding)
                .map(Slot.Field::path)
                .collect(Collectors.toSet());
        Set<String> names = object.paths().entrySet().stream()
                .filter(entry -> padding.contains(entry.getValue()))
                .map(entry -> entry.getKey().name())
                .collect(Collectors.toSet());
        return new ClassOutline(
                hierarchy, mode, description, names, file -> index.isLayer(ClassNames.external(file.name())));
    }

    /**
     * Compares the model with the running VM: loads the class without initialising it and asks JOL for the offsets of
     * its fields. Both use the running VM's mode, whatever the mode of this source.
     *
     * @param className a name as for {@link #find}
     * @return the result of the comparison
     * @throws InputException when there is no such class, it cannot be laid out, or the VM cannot load it
     */
    public Verification verify(String className) {
        Optional<ArrayName> array = ArrayName.parse(className);
        if (array.isPresent()) {
            return RunningVm.verify(array.get());
        }
        ClassSource running = in(VmMode.running());
        return RunningVm.verify(running.hierarchy(className), running.store.loader());
    }

    private Subject placed(StructLayout layout) {
        return Subject.of(layout).withPlacement(new Placement(mode.objectByteAlignment(), "HotSpot object alignment"));
    }

    /** {@return the array with the full name of its element class: one of this source, else of the JDK} */
    private ArrayName resolved(ArrayName array) {
        if (!array.isOfClass()) {
            return array;
        }
        try {
            return array.of(ClassNames.external(className(array.element())));
        } catch (InputException unknown) {
            String wanted = array.element().replace('.', '/');
            ModuleImage jdk = new ModuleImage();
            return Stream.of(wanted, "java/lang/" + wanted)
                    .filter(name -> ClassNames.isClass(name) && jdk.find(name).isPresent())
                    .findFirst()
                    .map(name -> array.of(ClassNames.external(name)))
                    .orElseThrow(() -> unknown);
        }
    }

    private Subject subject(Hierarchy hierarchy, CodeIndex index) {
        checkFixed(hierarchy);
        hierarchy
                .borrowed(mode)
                .ifPresent(any ->
                        borrowing.add(ClassNames.external(hierarchy.leaf().name())));
        ObjectLayout object = ObjectLayout.of(
                hierarchy, mode, store.home(hierarchy.leaf().name()).orElse(description));
        List<String> classes = hierarchy.levels().stream()
                .map(level -> ClassNames.external(level.file().name()))
                .toList();
        Optional<Set<String>> padding = PaddingByUse.of(index, classes, object.paths(), object.layout());
        StructLayout layout = padding.map(object.layout()::withPadding).orElse(object.layout());
        ObjectDeclaration declaration = DeclarationReader.of(hierarchy, mode, index, object.paths());
        return placed(layout)
                .withCode(structs.withStructs(
                        CodeAccessBuilder.of(index, classes, object.paths()).withoutPadding(padding.orElse(Set.of())),
                        hierarchy))
                .withDeclaration(declaration.withElementBytes(elementBytes(hierarchy, index, object, declaration)))
                .withOrigins(ClassLocations.of(hierarchy, object, index));
    }

    /** The sizes of the objects that a loop makes and keeps in an array, when no other class extends theirs. */
    private Map<String, Long> elementBytes(
            Hierarchy hierarchy, CodeIndex index, ObjectLayout object, ObjectDeclaration declaration) {
        Map<String, Long> sizes = new HashMap<>();
        for (Creation creation : declaration.creations()) {
            if (!creation.isElement() || !creation.inLoop()) {
                continue;
            }
            if (creation.isStatic()) {
                String leaf = ClassNames.external(hierarchy.leaf().name());
                index.of(leaf).map(CodeClass::fields).orElse(List.of()).stream()
                        .filter(field -> field.is(DeclaredField.Trait.STATIC)
                                && field.name().equals(creation.field()))
                        .findFirst()
                        .flatMap(field -> objectBytes(field.descriptor(), index))
                        .ifPresent(bytes -> sizes.put(creation.field(), bytes));
                continue;
            }
            for (Hierarchy.Level level : hierarchy.levels()) {
                for (ClassFile.Field field : level.file().fields()) {
                    String owner = ClassNames.external(level.file().name());
                    String path = object.paths().get(new CodeField(owner, field.name()));
                    if (creation.field().equals(path)) {
                        objectBytes(field.descriptor(), index).ifPresent(bytes -> sizes.put(path, bytes));
                    }
                }
            }
        }
        return sizes;
    }

    private Optional<Long> objectBytes(String arrayDescriptor, CodeIndex index) {
        if (!arrayDescriptor.startsWith("[L")) {
            return Optional.empty();
        }
        String element = arrayDescriptor.substring(2, arrayDescriptor.length() - 1);
        if (!index.subclassesOf(ClassNames.external(element)).isEmpty()) {
            return Optional.empty();
        }
        try {
            return content(element)
                    .or(() -> new ModuleImage().find(element))
                    .map(found ->
                            FieldModel.of(hierarchies.of(found, element), mode).instanceBytes());
        } catch (InputException unknown) {
            return Optional.empty();
        }
    }

    private void checkFixed(Hierarchy hierarchy) {
        if (VmFields.isOfAnySize(hierarchy.leaf().name())) {
            throw missing(ClassNames.external(hierarchy.leaf().name())
                    + " has no fixed layout: the VM makes instances of different sizes");
        }
    }

    private Hierarchy hierarchy(String name) {
        String found = className(name);
        return hierarchies.of(content(found).orElseThrow(() -> gone(found)), found);
    }

    /** {@return the internal name of the class that a name means} */
    private String className(String name) {
        String wanted = name.strip().replace('.', '/');
        if (PRIMITIVES.contains(wanted)) {
            throw missing(wanted + " is a primitive type; only classes and arrays have a layout");
        }
        if (wanted.contains("[") || wanted.contains("(")) {
            throw missing("'" + name + "' names no class and no array; arrays are named such as long[8],"
                    + " com.acme.Cell[16] or AtomicLongArray(8)");
        }
        if (!ClassNames.isClass(wanted)) {
            throw missing("'" + name + "' cannot be the name of a class");
        }
        for (String candidate = wanted; candidate != null; candidate = nested(candidate)) {
            if (content(candidate).isPresent()) {
                return candidate;
            }
        }
        return bySimpleName(wanted);
    }

    private Optional<ClassStore.Content> content(String internalName) {
        return store.find(internalName);
    }

    /** {@return the name with its last package taken for an outer class, as Java source writes nested classes} */
    private static String nested(String internalName) {
        int last = internalName.lastIndexOf('/');
        return last < 0 ? null : internalName.substring(0, last) + "$" + internalName.substring(last + 1);
    }

    private String bySimpleName(String wanted) {
        List<String> names = store.names();
        boolean qualified = wanted.contains("/");
        List<String> bearing = names.stream()
                .filter(name -> qualified ? endsIn(name, wanted) : bears(name, wanted))
                .toList();
        if (bearing.size() == 1) {
            return bearing.get(0);
        }
        if (bearing.size() > 1) {
            throw missing(
                    ClassNames.external(wanted) + " may be one of " + bearing.size() + " classes; give the full name: "
                            + String.join(
                                    ", ",
                                    bearing.stream()
                                            .limit(MOST_CANDIDATES)
                                            .map(ClassNames::external)
                                            .toList())
                            + (bearing.size() > MOST_CANDIDATES ? ", ..." : ""));
        }
        List<String> known = names.stream()
                .map(name -> qualified ? ClassNames.external(name) : ClassNames.simple(name))
                .toList();
        throw missing("no class " + ClassNames.external(wanted) + Nearest.hint(ClassNames.external(wanted), known));
    }

    /** {@return whether a nested class is named by its outer class without packages: {@code Counters/Cell}} */
    private static boolean endsIn(String internalName, String wanted) {
        return internalName.indexOf('$') >= 0
                && internalName.replace('$', '/').endsWith("/" + wanted.replace('$', '/'));
    }

    private static boolean bears(String internalName, String simpleName) {
        String simple = ClassNames.simple(internalName);
        return simple.equals(simpleName) || simple.endsWith("$" + simpleName);
    }

    private InputException missing(String problem) {
        return new InputException(description, "", problem);
    }

    private InputException gone(String internalName) {
        return missing("class " + ClassNames.external(internalName) + " was removed after the source was opened");
    }
}
