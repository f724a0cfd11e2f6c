package dev.faultline.access.code;

import dev.faultline.access.AccessKind;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Classes with code, made by hand: {@code new CodeFixture().type("Pad", "long p1 p2").type("Ring:Pad", "volatile long
 * at")}.
 */
final class CodeFixture {

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "long",
            "J",
            "int",
            "I",
            "byte",
            "B",
            "double",
            "D",
            "boolean",
            "Z",
            "short",
            "S",
            "Object",
            "Ljava/lang/Object;");
    private static final Map<String, Integer> SIZES =
            Map.of("J", 8, "I", 4, "B", 1, "D", 8, "Z", 1, "S", 2, "Ljava/lang/Object;", 4);

    private final Map<String, CodeClass> classes = new LinkedHashMap<>();

    /**
     * Adds a class.
     *
     * @param name {@code Ring}, {@code Ring:Base}, {@code Ring:Base+java.io.Serializable}
     * @param fields {@code "private volatile long a b c"}, one type each
     */
    CodeFixture type(String name, String... fields) {
        return type(Set.of(), name, fields);
    }

    CodeFixture type(Set<CodeClass.Trait> traits, String name, String... fields) {
        String[] parts = name.split("[:+]");
        List<String> interfaces = List.of(name.split("\\+")).subList(1, name.split("\\+").length);
        Optional<String> base = name.contains(":") ? Optional.of(parts[1]) : Optional.of("java.lang.Object");
        List<DeclaredField> declared = new ArrayList<>();
        for (String line : fields) {
            Set<DeclaredField.Trait> of = EnumSet.noneOf(DeclaredField.Trait.class);
            String descriptor = null;
            for (String word : line.split(" ")) {
                if (descriptor != null) {
                    declared.add(new DeclaredField(word, descriptor, of));
                } else if (DESCRIPTORS.containsKey(word)) {
                    descriptor = DESCRIPTORS.get(word);
                } else {
                    of.add(DeclaredField.Trait.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
                }
            }
        }
        classes.put(parts[0], new CodeClass(parts[0], base, interfaces, traits, declared, List.of()));
        return this;
    }

    /**
     * Adds a method {@code Ring.offer} that does {@code "write Ring.at"}, {@code "read Pad.p1"}, {@code "constant
     * Ring.x"}.
     */
    CodeFixture method(String name, String... effects) {
        String type = name.substring(0, name.indexOf('.'));
        String method = name.substring(name.indexOf('.') + 1);
        List<FieldEffect> all = new ArrayList<>();
        for (String one : effects) {
            String[] words = one.split(" ");
            CodeField field = new CodeField(
                    words[1].substring(0, words[1].indexOf('.')), words[1].substring(words[1].indexOf('.') + 1));
            boolean isConstant = words[0].equals("constant");
            AccessKind kind =
                    isConstant ? AccessKind.WRITE : AccessKind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
            all.add(new FieldEffect(
                    field,
                    kind,
                    words.length > 2 ? MemoryOrder.valueOf(words[2]) : MemoryOrder.PLAIN,
                    CodeReceiver.SELF,
                    FieldEffect.Reach.FIELD,
                    "",
                    false,
                    false,
                    false,
                    false,
                    isConstant
                            ? new StoredValue(StoredValue.Kind.CONSTANT, "7")
                            : kind.writes() ? StoredValue.OTHER : StoredValue.NONE,
                    false,
                    new CodePlace(type, method, OptionalInt.empty())));
        }
        CodeClass old = classes.get(type);
        List<CodeMethod> methods = new ArrayList<>(old.methods());
        methods.add(new CodeMethod(type, method, "()V", Set.of(CodeMethod.Trait.PUBLIC), all, List.of()));
        classes.put(
                type,
                new CodeClass(old.name(), old.superName(), old.interfaces(), old.traits(), old.fields(), methods));
        return this;
    }

    CodeIndex index() {
        return new CodeIndex(classes.values());
    }

    List<String> hierarchy(String leaf) {
        List<String> all = new ArrayList<>();
        for (String name = leaf;
                classes.containsKey(name);
                name = classes.get(name).superName().orElse("")) {
            all.add(0, name);
        }
        return all;
    }

    Map<CodeField, String> paths(String leaf) {
        Map<CodeField, String> paths = new LinkedHashMap<>();
        for (String type : hierarchy(leaf)) {
            for (DeclaredField field : classes.get(type).fields()) {
                if (!field.is(DeclaredField.Trait.STATIC)) {
                    paths.put(new CodeField(type, field.name()), field.name());
                }
            }
        }
        return paths;
    }

    /** {@return the fields behind a header of 16 bytes, in the order of the classes and of the declaration} */
    StructLayout layout(String leaf) {
        List<Member> members = new ArrayList<>();
        members.add(Member.of("(header)", new FieldType.Scalar("header", 16, 8), 0));
        long at = 16;
        for (String type : hierarchy(leaf)) {
            for (DeclaredField field : classes.get(type).fields()) {
                if (!field.is(DeclaredField.Trait.STATIC)) {
                    int size = SIZES.get(field.descriptor());
                    at = (at + size - 1) / size * size;
                    members.add(Member.of(
                            field.name(),
                            FieldType.Scalar.natural(
                                    (field.is(DeclaredField.Trait.VOLATILE) ? "volatile " : "") + "x" + size, size),
                            at));
                    at += size;
                }
            }
        }
        return StructLayout.of(
                leaf,
                AggregateKind.CLASS,
                (at + 7) / 8 * 8,
                8,
                members,
                new Provenance(Provenance.Origin.VM_MODEL, "by hand", "by hand", OptionalInt.empty()));
    }

    /** {@return the padding by use of a class, sorted} */
    Collection<String> padding(String leaf) {
        return new java.util.TreeSet<>(PaddingByUse.of(index(), hierarchy(leaf), paths(leaf), layout(leaf))
                .orElseThrow());
    }
}
