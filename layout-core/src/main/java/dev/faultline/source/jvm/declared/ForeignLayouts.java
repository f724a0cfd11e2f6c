package dev.faultline.source.jvm.declared;

import dev.faultline.access.code.DeclaredField;
import dev.faultline.input.InputException;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.ForeignLayoutForm;
import dev.faultline.layout.object.MemoryLayoutReader;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** The structs that static fields hold as layouts of {@code java.lang.foreign}. */
final class ForeignLayouts {

    private static final Pattern LAYOUT = Pattern.compile("Ljava/lang/foreign/(Memory|Group|Struct|Union)Layout;");

    /** Padding of at least this many bytes keeps members apart: alignment alone needs less. */
    private static final int WIDER_THAN_ALIGNMENT = 16;

    /** A note on a class ends when it is longer than this. */
    private static final int MOST_NOTE = 1000;

    /** How a struct is known whose initialiser was run. */
    static final String BY_RUNNING = "computed by running the program's initialisers";

    /** Layouts of members, as the classes of jextract keep them beside that of the struct. */
    private static final Pattern MEMBER = Pattern.compile(".+\\$LAYOUT");

    private final String source;
    private final StaticEvaluator evaluator;
    private final Map<MemoryLayoutValue, DeclaredStruct> structs = new IdentityHashMap<>();
    private final Map<String, String> notes = new HashMap<>();

    ForeignLayouts(String source, StaticEvaluator evaluator) {
        this.source = source;
        this.evaluator = evaluator;
    }

    /** {@return whether a class keeps a layout in a static field} */
    static boolean isHolder(ClassCode type) {
        return type.fields().stream().anyMatch(ForeignLayouts::isLayout);
    }

    /** {@return whether a field may hold the layout of a struct: not only that of a member of one} */
    static boolean isLayout(DeclaredField field) {
        return LAYOUT.matcher(field.descriptor()).matches()
                && !MEMBER.matcher(field.name()).matches();
    }

    /** Adds the structs of a class to a list. */
    void addTo(List<DeclaredStruct> found, ClassCode type) {
        Map<String, StaticValue> values = evaluator.values(type.name());
        type.fields().stream().filter(ForeignLayouts::isLayout).forEach(field -> {
            if (!(values.get(field.name()) instanceof StaticValue.Layout layout)) {
                unknown(type.name(), field.name());
            } else if (layout.value().isGroup() && !structs.containsKey(layout.value())) {
                struct(type, field, layout.value()).ifPresent(struct -> {
                    structs.put(layout.value(), struct);
                    found.add(struct);
                });
            }
        });
    }

    private void unknown(String type, String field) {
        String note = evaluator.note(type);
        String problem = evaluator.computed().problem(type);
        notes.merge(
                type,
                field + " is not known from its static initialiser" + (note.isEmpty() ? "" : " (" + note + ")")
                        + (evaluator.computed() == ComputedValues.NONE
                                ? "; --run-code may compute it"
                                : problem.isEmpty() ? "" : "; " + problem),
                (before, other) ->
                        before.length() < MOST_NOTE ? before + "; " + field + " is not known either" : before);
    }

    private Optional<DeclaredStruct> struct(ClassCode type, DeclaredField field, MemoryLayoutValue value) {
        String name = ClassNames.external(type.name()) + "." + field.name();
        try {
            StructLayout read = MemoryLayoutReader.read(name, value.text()).get(0);
            StructLayout layout = StructLayout.of(
                    name,
                    read.kind(),
                    read.byteSize(),
                    read.byteAlignment(),
                    read.members(),
                    new Provenance(
                            Provenance.Origin.DECLARED,
                            source,
                            "layout of java.lang.foreign, "
                                    + (evaluator.computed().has(type.name(), field.name())
                                            ? BY_RUNNING
                                            : "from the static initialiser"),
                            OptionalInt.empty()));
            return Optional.of(new DeclaredStruct(
                    type.name(),
                    DeclaredStruct.withGaps(layout, WIDER_THAN_ALIGNMENT),
                    layout.byteAlignment(),
                    "alignment of the layout",
                    form(field, value)));
        } catch (InputException | IllegalArgumentException tooLarge) {
            notes.put(type.name(), field.name() + ": " + tooLarge.getMessage());
            return Optional.empty();
        }
    }

    private static ForeignLayoutForm form(DeclaredField field, MemoryLayoutValue value) {
        Set<String> bigEndian = new HashSet<>();
        Set<String> nameless = new HashSet<>();
        collect(value, "", bigEndian, nameless);
        return new ForeignLayoutForm(DeclaredStruct.head(field), field.name(), value.name(), bigEndian, nameless);
    }

    /** Collects the paths of values of the other byte order, and those of members without a name. */
    private static void collect(MemoryLayoutValue layout, String path, Set<String> bigEndian, Set<String> nameless) {
        if (layout.isBigEndian()) {
            bigEndian.add(path);
        }
        int number = 0;
        for (MemoryLayoutValue member : layout.members()) {
            if (layout.kind() == MemoryLayoutValue.Kind.SEQUENCE) {
                collect(member, path, bigEndian, nameless);
            } else if (member.kind() != MemoryLayoutValue.Kind.PADDING) {
                String own = member.name().isEmpty() ? "unnamed" + number : member.name();
                String below = path.isEmpty() ? own : path + "." + own;
                if (member.name().isEmpty()) {
                    nameless.add(below);
                }
                collect(member, below, bigEndian, nameless);
                number++;
            }
        }
    }

    /** {@return the struct that a layout is declared as} */
    Optional<DeclaredStruct> of(MemoryLayoutValue layout) {
        return Optional.ofNullable(structs.get(layout));
    }

    /** {@return for classes some layout of which is not known, by internal name, why} */
    Map<String, String> notes() {
        return notes;
    }
}
