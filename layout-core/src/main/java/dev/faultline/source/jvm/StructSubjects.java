package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.operation.CodeAccessBuilder;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Placement;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.LayoutSource.Entry;
import dev.faultline.source.Lookup;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.declared.DeclaredStruct;
import dev.faultline.source.jvm.declared.DeclaredStructs;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.ModuleImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The structs outside of Java objects that the classes of a source declare, as entries and subjects of it. */
final class StructSubjects {

    /** How the struct of an interface of Chronicle Values is named: the interface and this. */
    private static final String OF_INTERFACE = ".value";

    private final ClassStore store;
    private final HierarchyReader hierarchies;
    private final CodeScope code;

    StructSubjects(ClassStore store, HierarchyReader hierarchies, CodeScope code) {
        this.store = store;
        this.hierarchies = hierarchies;
        this.code = code;
    }

    private List<DeclaredStruct> structs() {
        return code.structs().structs();
    }

    /** {@return their names and sizes} */
    List<Entry> entries() {
        return structs().stream().map(StructSubjects::entry).toList();
    }

    private static Entry entry(DeclaredStruct struct) {
        return new Entry(
                struct.name(), "", struct.layout().byteSize(), struct.layout().spelling());
    }

    /** {@return those that are wanted} */
    List<Subject> wanted(Predicate<Entry> wanted) {
        return structs().stream()
                .filter(struct -> wanted.test(entry(struct)))
                .map(this::subject)
                .toList();
    }

    /**
     * Finds a struct by its name or the end of it.
     *
     * @param name the name
     * @param noClass why no class has that name
     * @return the struct, or why there is neither a class nor a struct
     */
    Lookup find(String name, String noClass) {
        boolean isSimple = !name.contains(".");
        if (isSimple && store instanceof ModuleImage) {
            return new Lookup.Missing(noClass);
        }
        List<DeclaredStruct> found = structs().stream()
                .filter(struct -> struct.name().equals(name)
                        || struct.name().endsWith("." + name)
                        || struct.name().equals(name + OF_INTERFACE)
                        || struct.name().endsWith("." + name + OF_INTERFACE))
                .sorted(Comparator.comparingInt(struct -> struct.name().length()))
                .toList();
        if (found.size() == 1 || !found.isEmpty() && found.get(0).name().equals(name)) {
            return new Lookup.Found(List.of(subject(found.get(0))));
        }
        if (isSimple && found.isEmpty()) {
            return new Lookup.Missing(noClass);
        }
        Optional<String> note = found.isEmpty() ? note(name) : Optional.empty();
        if (note.isPresent()) {
            return new Lookup.Missing(note.get());
        }
        String hint =
                Nearest.hint(name, structs().stream().map(DeclaredStruct::name).toList());
        return new Lookup.Missing(hint.isEmpty() ? noClass : "no class or struct " + name + hint);
    }

    /** {@return why a struct of that name is not known, where its class says something about it} */
    private Optional<String> note(String name) {
        String owner = name.endsWith(OF_INTERFACE) ? name.substring(0, name.length() - OF_INTERFACE.length()) : name;
        Optional<String> ofInterface = code.structs().note(owner.replace('.', '/'));
        if (ofInterface.isPresent()) {
            return Optional.of(owner + ": " + ofInterface.get());
        }
        int dot = name.lastIndexOf('.');
        return code.structs()
                .note(name.substring(0, dot).replace('.', '/'))
                .filter(words -> words.contains(name.substring(dot + 1) + " is "))
                .map(words -> "no struct " + name + ": " + words);
    }

    /** {@return what code does to the objects of a class, with the structs that are known behind their fields} */
    CodeAccess withStructs(CodeAccess access, Hierarchy hierarchy) {
        if (access.outside().isEmpty()) {
            return access;
        }
        DeclaredStructs declared = code.structsAround(hierarchy);
        Set<String> names = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (Hierarchy.Level level : hierarchy.levels()) {
            names.addAll(declared.usedBy(level.file().name()));
            declared.note(level.file().name()).ifPresent(unknown::add);
        }
        return access.withStructsOutside(names, unknown);
    }

    private Subject subject(DeclaredStruct struct) {
        Subject subject = Subject.of(struct.layout())
                .withPlacement(new Placement(struct.byteAlignment(), struct.alignmentReason()))
                .withForm(struct.form())
                .withCode(CodeAccessBuilder.ofStruct(code.all(), struct.name(), struct.paths()));
        return file(struct.owner())
                .map(file -> subject.withOrigins(FieldOrigins.declaredAt(file, Map.of())))
                .orElse(subject);
    }

    private Optional<SourceLocation> file(String internalName) {
        try {
            return store.find(internalName)
                    .map(found -> hierarchies.of(found, internalName))
                    .flatMap(hierarchy -> ClassLocations.file(hierarchy.leaf()));
        } catch (InputException unknownSuperclass) {
            return Optional.empty();
        }
    }
}
