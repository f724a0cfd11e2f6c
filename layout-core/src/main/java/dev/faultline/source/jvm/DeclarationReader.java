package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.StoredValue;
import dev.faultline.access.code.operation.CodeAccessBuilder;
import dev.faultline.access.object.Creation;
import dev.faultline.access.object.DeclaredLevel;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectMember;
import dev.faultline.access.object.OtherMode;
import dev.faultline.access.object.Separation;
import dev.faultline.access.object.StaticField;
import dev.faultline.access.object.VmSizes;
import dev.faultline.layout.ByteRange;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What class files and code say about the objects of a class beside their bytes. */
final class DeclarationReader {

    private static final String CONTENDED = "jdk.internal.vm.annotation.Contended";

    /** First version that knows the annotation; before, only the other one counts. */
    private static final int INTERNAL_CONTENDED = 9;

    private static final String FORMER_CONTENDED = "sun.misc.Contended";

    private final Hierarchy hierarchy;
    private final VmMode mode;
    private final CodeIndex index;
    private final Map<CodeField, String> paths;

    private DeclarationReader(Hierarchy hierarchy, VmMode mode, CodeIndex index, Map<CodeField, String> paths) {
        this.hierarchy = hierarchy;
        this.mode = mode;
        this.index = index;
        this.paths = paths;
    }

    /**
     * Reads what is declared.
     *
     * @param hierarchy the class and its superclasses
     * @param mode the VM that lays out objects
     * @param index the code that was read
     * @param paths for each field its path in the layout
     * @return the declaration
     */
    static ObjectDeclaration of(Hierarchy hierarchy, VmMode mode, CodeIndex index, Map<CodeField, String> paths) {
        DeclarationReader reader = new DeclarationReader(hierarchy, mode, index, paths);
        return new ObjectDeclaration(
                reader.levels(),
                reader.extent(),
                sizes(mode),
                reader.creations(),
                reader.lockers(),
                reader.statics(),
                reader.staticCode(),
                Map.of(),
                reader::otherModes);
    }

    private ObjectDeclaration.Extent extent() {
        if (hierarchy.leaf().isAbstract() || index.isLayer(leaf())) {
            return ObjectDeclaration.Extent.ABSTRACT;
        }
        return index.subclassesOf(leaf()).isEmpty() ? ObjectDeclaration.Extent.LEAF : ObjectDeclaration.Extent.EXTENDED;
    }

    private static VmSizes sizes(VmMode mode) {
        return new VmSizes(
                mode.name(),
                mode.feature(),
                mode.headerBytes(),
                mode.referenceBytes(),
                mode.objectByteAlignment(),
                mode.contendedPaddingBytes());
    }

    private List<DeclaredLevel> levels() {
        List<DeclaredLevel> levels = new ArrayList<>();
        for (Hierarchy.Level level : hierarchy.levels()) {
            ClassFile file = level.file();
            String type = ClassNames.external(file.name());
            Set<String> finals = index.of(type).map(DeclarationReader::finals).orElse(Set.of());
            Optional<ClassFile> former = file.inJdk8();
            List<ObjectMember> members = new ArrayList<>();
            for (int i = 0; i < file.fields().size(); i++) {
                ClassFile.Field field = file.fields().get(i);
                int at = i;
                boolean formerly = former.filter(
                                old -> old.fields().get(at).group().isPresent())
                        .isPresent();
                String path = paths.get(new CodeField(type, field.name()));
                if (path != null) {
                    members.add(new ObjectMember(
                            path,
                            ClassNames.spelling(field.descriptor()),
                            finals.contains(field.name()),
                            ClassNames.isReference(field.descriptor()),
                            separation(level.trusted(), field.group().isPresent(), formerly)));
                }
            }
            boolean formerly = former.filter(ClassFile::contended).isPresent();
            levels.add(new DeclaredLevel(type, members, separation(level.trusted(), file.contended(), formerly)));
        }
        return levels;
    }

    /**
     * {@return what an annotation asks for}
     *
     * @param trusted whether the class is one of the JDK
     * @param now whether there is the annotation of JDK 9 and later
     * @param former whether there is that of JDK 8
     */
    private Optional<Separation> separation(boolean trusted, boolean now, boolean former) {
        if (!now && !former) {
            return Optional.empty();
        }
        boolean old = mode.feature() < INTERNAL_CONTENDED;
        if (old ? former : now) {
            String needs =
                    mode.contended() == VmMode.Contended.NOBODY ? "-XX:+EnableContended" : "-XX:-RestrictContended";
            return Optional.of(
                    new Separation(old ? FORMER_CONTENDED : CONTENDED, mode.honoursContended(trusted), needs));
        }
        return Optional.of(
                old
                        ? new Separation(CONTENDED, false, "JDK " + INTERNAL_CONTENDED + " or later")
                        : new Separation(FORMER_CONTENDED, false, "JDK 8"));
    }

    private static Set<String> finals(CodeClass code) {
        return code.fields().stream()
                .filter(field -> field.is(DeclaredField.Trait.FINAL))
                .map(DeclaredField::name)
                .collect(Collectors.toSet());
    }

    /** The objects that constructors make, superclasses' first; of several constructors that of the first counts. */
    private List<Creation> creations() {
        List<Creation> creations = new ArrayList<>();
        for (Hierarchy.Level level : hierarchy.levels()) {
            index.of(ClassNames.external(level.file().name()))
                    .ifPresent(code -> add(creations, code, "<init>", CodeReceiver.SELF));
        }
        index.of(leaf()).ifPresent(code -> add(creations, code, "<clinit>", CodeReceiver.NONE));
        return creations;
    }

    private void add(List<Creation> creations, CodeClass code, String method, CodeReceiver receiver) {
        Map<String, String> types = types(code);
        for (CodeMethod one : code.methods()) {
            if (one.name().equals(method)) {
                Set<String> known = creations.stream().map(Creation::field).collect(Collectors.toSet());
                made(one, receiver, types).stream()
                        .filter(creation -> !known.contains(creation.field()))
                        .forEach(creations::add);
            }
        }
    }

    private List<Creation> made(CodeMethod method, CodeReceiver receiver, Map<String, String> types) {
        List<Creation> made = new ArrayList<>();
        for (FieldEffect effect : method.effects()) {
            boolean isElement = effect.reach() == FieldEffect.Reach.ELEMENT;
            boolean keeps = effect.kind().writes()
                    && effect.stored().kind() == StoredValue.Kind.FRESH
                    && effect.receiver() == receiver
                    && (isElement || effect.isOnField());
            if (keeps) {
                String name = effect.field().name();
                made.add(new Creation(
                        paths.getOrDefault(effect.field(), name),
                        types.getOrDefault(name, ""),
                        receiver == CodeReceiver.NONE,
                        isElement,
                        effect.inLoop(),
                        effect.place()));
            }
        }
        return made;
    }

    private static Map<String, String> types(CodeClass code) {
        Map<String, String> types = new HashMap<>();
        code.fields().forEach(field -> types.putIfAbsent(field.name(), ClassNames.spelling(field.descriptor())));
        return types;
    }

    private List<CodePlace> lockers() {
        List<CodePlace> lockers = new ArrayList<>();
        for (Hierarchy.Level level : hierarchy.levels()) {
            String type = ClassNames.external(level.file().name());
            index.of(type).map(CodeClass::methods).orElse(List.of()).stream()
                    .filter(method -> !method.is(CodeMethod.Trait.STATIC)
                            && (method.is(CodeMethod.Trait.LOCKS_SELF) || method.is(CodeMethod.Trait.SYNCHRONIZED)))
                    .map(method -> new CodePlace(type, method.name(), OptionalInt.empty()))
                    .forEach(lockers::add);
        }
        return lockers;
    }

    private List<StaticField> statics() {
        List<DeclaredField> declared = index.of(leaf()).map(CodeClass::fields).orElse(List.of()).stream()
                .filter(field -> field.is(DeclaredField.Trait.STATIC))
                .toList();
        List<ByteRange> places = ClassMirror.places(
                declared.stream().map(DeclaredField::descriptor).toList(), mode);
        List<StaticField> statics = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            DeclaredField field = declared.get(i);
            statics.add(new StaticField(
                    field.name(),
                    ClassNames.spelling(field.descriptor()),
                    field.is(DeclaredField.Trait.FINAL),
                    places.get(i)));
        }
        statics.sort(Comparator.comparing(StaticField::bytes));
        return statics;
    }

    private CodeAccess staticCode() {
        Map<CodeField, String> fields = new HashMap<>();
        index.of(leaf()).map(CodeClass::fields).orElse(List.of()).stream()
                .filter(field -> field.is(DeclaredField.Trait.STATIC))
                .forEach(field -> fields.put(new CodeField(leaf(), field.name()), field.name()));
        return CodeAccessBuilder.ofStatics(index, leaf(), leaf() + StaticsLayout.SUFFIX, fields);
    }

    private String leaf() {
        return ClassNames.external(hierarchy.leaf().name());
    }

    private List<OtherMode> otherModes() {
        List<OtherMode> modes = new ArrayList<>();
        for (VmMode other : VmMode.usual()) {
            if (!other.equals(mode)) {
                modes.add(new OtherMode(
                        sizes(other), ObjectLayout.of(hierarchy, other, "").layout()));
            }
        }
        return modes;
    }
}
