package dev.faultline.source.jvm.declared;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.explicit.ExplicitLayoutBuilder;
import dev.faultline.source.jvm.declared.StaticValue.Declared;
import dev.faultline.source.jvm.declared.StaticValue.Items;
import dev.faultline.source.jvm.declared.StaticValue.Struct;
import dev.faultline.source.jvm.declared.StaticValue.Text;
import dev.faultline.source.jvm.declared.StaticValue.Type;
import dev.faultline.source.jvm.declared.StaticValue.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the methods of {@code Declaration} give, and of the types and layouts that are made with it. */
final class DeclarationCalls {

    /** The class whose methods declare a struct. */
    static final String DECLARATION = "dev/faultline/offheap/declare/Declaration";

    private static final String LAYOUT = "dev/faultline/layout/StructLayout";
    private static final String FIELD_TYPE = "dev/faultline/layout/FieldType";
    private static final String OWN = "declared in Java";

    /** Most fields of a struct that one more is added to, those of embedded structs included. */
    private static final long MOST_FIELDS = 10_000;

    /** Most characters of a name or type. */
    private static final int MOST_NAME = 1000;

    private DeclarationCalls() {}

    /** {@return whether a method is one of those} */
    static boolean isOne(StaticCall call) {
        return call.owner().equals(DECLARATION)
                || call.owner().equals(LAYOUT)
                || call.owner().equals(FIELD_TYPE)
                || call.owner().startsWith(FIELD_TYPE + "$");
    }

    /** {@return whether a method changes the declaration it is called on} */
    static boolean changes(StaticCall call) {
        return call.owner().equals(DECLARATION)
                && !call.isStatic()
                && !call.name().equals("ofSize");
    }

    /**
     * {@return what a method gives that changes nothing; unknown when that is not known}
     *
     * @param call the method
     * @param given the object, for a method of objects, and the arguments
     * @throws LayoutRefusal where the library throws
     */
    static StaticValue result(StaticCall call, List<StaticValue> given) {
        try {
            if (!call.owner().equals(DECLARATION)) {
                return asked(call.name(), given);
            }
            return call.isStatic() ? made(call.name(), given) : ended(call.name(), given);
        } catch (IllegalArgumentException refused) {
            throw refusal(refused);
        }
    }

    /**
     * Changes a declaration as a method does.
     *
     * @param call the method
     * @param given the declaration and the arguments
     * @return whether all that the method was given is known
     * @throws LayoutRefusal where the library throws
     */
    static boolean change(StaticCall call, List<StaticValue> given) {
        ExplicitLayoutBuilder builder = ((Declared) given.get(0)).builder();
        try {
            return builder.memberCount() < MOST_FIELDS && change(call.name(), builder, new Arguments(given, 1));
        } catch (IllegalArgumentException refused) {
            throw refusal(refused);
        }
    }

    private static LayoutRefusal refusal(IllegalArgumentException refused) {
        return new LayoutRefusal("Declaration", refused.getMessage());
    }

    private static StaticValue asked(String name, List<StaticValue> given) {
        StaticValue of = given.isEmpty() ? StaticValue.UNKNOWN : given.get(0);
        FieldType type = of instanceof Struct struct
                ? new FieldType.Aggregate(struct.layout().spelling(), struct.layout())
                : of instanceof Type known ? known.type() : null;
        if (type == null) {
            return StaticValue.UNKNOWN;
        }
        return switch (name) {
            case "byteSize" -> new Whole(type.byteSize());
            case "byteAlignment" -> new Whole(type.byteAlignment());
            case "spelling" -> new Text(type.spelling());
            default -> StaticValue.UNKNOWN;
        };
    }

    private static StaticValue made(String name, List<StaticValue> given) {
        Arguments arguments = new Arguments(given, 0);
        Supplier<StaticValue> made = switch (name) {
            case "struct" -> {
                String tag = arguments.text();
                String version = given.size() > 1 ? arguments.text() : null;
                String catalogue = version == null || version.isEmpty() ? "catalogue" : "catalogue " + version;
                yield () -> new Declared(
                        new ExplicitLayoutBuilder(AggregateKind.STRUCT, tag), given.size() > 1 ? catalogue : OWN);
            }
            case "union" -> {
                String tag = arguments.text();
                yield () -> new Declared(new ExplicitLayoutBuilder(AggregateKind.UNION, tag), OWN);
            }
            case "array" -> {
                FieldType element = arguments.type();
                long count = arguments.whole();
                yield () -> new Type(new FieldType.Array(element, count));
            }
            case "embedded" -> {
                String spelling = arguments.text();
                FieldType inside = arguments.type();
                yield () -> inside instanceof FieldType.Aggregate aggregate
                        ? new Type(new FieldType.Aggregate(spelling, aggregate.layout()))
                        : StaticValue.UNKNOWN;
            }
            default -> scalar(name, given.size(), arguments);
        };
        return arguments.areKnown() ? made.get() : StaticValue.UNKNOWN;
    }

    private static Supplier<StaticValue> scalar(String name, int count, Arguments arguments) {
        return switch (name) {
            case "int64" -> () -> natural("long", 8);
            case "int32" -> () -> natural("int", 4);
            case "int16" -> () -> natural("short", 2);
            case "int8" -> () -> natural("byte", 1);
            case "marker" -> () -> new Type(new FieldType.Array(FieldType.Scalar.natural("__u8", 1), 0));
            case "pointer", "pointer32" -> {
                String spelling = arguments.text();
                yield () -> natural(spelling, name.equals("pointer") ? 8 : 4);
            }
            case "number" -> {
                String spelling = arguments.text();
                long size = arguments.whole();
                long alignment = count > 2 ? arguments.whole() : Long.highestOneBit(size);
                yield () -> new Type(new FieldType.Scalar(spelling, size, alignment));
            }
            case "opaque" -> {
                String spelling = arguments.text();
                long size = arguments.whole();
                long alignment = arguments.whole();
                yield () -> new Type(new FieldType.Opaque(spelling, size, alignment));
            }
            default -> () -> StaticValue.UNKNOWN;
        };
    }

    private static StaticValue natural(String spelling, long byteSize) {
        return new Type(FieldType.Scalar.natural(spelling, byteSize));
    }

    private static StaticValue ended(String name, List<StaticValue> given) {
        Arguments arguments = new Arguments(given, 1);
        if (!(given.get(0) instanceof Declared declared) || !declared.isKnown() || !name.equals("ofSize")) {
            return StaticValue.UNKNOWN;
        }
        long size = arguments.whole();
        long alignment = arguments.whole();
        return arguments.areKnown()
                ? new Struct(declared.builder().ofSize(size, alignment, declared.source()))
                : StaticValue.UNKNOWN;
    }

    /** {@return what {@code upTo} gives, which notes in the declaration that it is one of a part} */
    static StaticValue upTo(Declared declared, List<StaticValue> given) {
        Arguments arguments = new Arguments(given, 1);
        long size = arguments.whole();
        long alignment = arguments.whole();
        try {
            return arguments.areKnown()
                    ? new Struct(declared.builder().upTo(size, alignment, declared.source()))
                    : StaticValue.UNKNOWN;
        } catch (IllegalArgumentException refused) {
            throw refusal(refused);
        }
    }

    private static boolean change(String name, ExplicitLayoutBuilder builder, Arguments arguments) {
        Runnable change = switch (name) {
            case "field" -> {
                String field = arguments.text();
                FieldType type = arguments.type();
                long at = arguments.whole();
                yield () -> builder.field(field, type, at);
            }
            case "hole", "undeclared" -> {
                long at = arguments.whole();
                long size = arguments.whole();
                yield name.equals("hole") ? () -> builder.hole(at, size) : () -> builder.undeclared(at, size);
            }
            case "bits" -> {
                FieldType unit = arguments.type();
                long at = arguments.whole();
                List<String> named = arguments.texts();
                yield () -> builder.bits(unit, at, named);
            }
            case "bit" -> {
                String field = arguments.text();
                FieldType unit = arguments.type();
                long at = arguments.whole();
                int first = (int) arguments.whole();
                int size = (int) arguments.whole();
                yield () -> builder.bit(field, unit, at, first, size);
            }
            case "unusedBits" -> {
                int size = (int) arguments.whole();
                yield () -> builder.unusedBits(size);
            }
            default -> null;
        };
        if (change == null || !arguments.areKnown()) {
            return false;
        }
        change.run();
        return true;
    }

    /** The arguments of a call, one after another, and whether all of them are known and of the expected kind. */
    private static final class Arguments {
        private static final FieldType NONE = FieldType.Scalar.natural("byte", 1);
        private final List<StaticValue> given;
        private boolean areKnown = true;
        private int next;

        Arguments(List<StaticValue> given, int first) {
            this.given = given;
            next = first;
        }

        boolean areKnown() {
            return areKnown;
        }

        private StaticValue next() {
            return next < given.size() ? given.get(next++) : StaticValue.UNKNOWN;
        }

        String text() {
            return text(next());
        }

        private String text(StaticValue value) {
            boolean isText = value instanceof Text known && known.text().length() <= MOST_NAME;
            areKnown &= isText;
            return isText ? ((Text) value).text() : "";
        }

        List<String> texts() {
            List<String> texts = new ArrayList<>();
            if (next() instanceof Items items) {
                items.list().forEach(item -> texts.add(text(item)));
            } else {
                areKnown = false;
            }
            return texts;
        }

        long whole() {
            if (next() instanceof Whole whole) {
                return whole.number();
            }
            areKnown = false;
            return 1;
        }

        FieldType type() {
            StaticValue value = next();
            if (value instanceof Type known) {
                return known.type();
            }
            if (value instanceof Struct struct) {
                return new FieldType.Aggregate(struct.layout().spelling(), struct.layout());
            }
            areKnown = false;
            return NONE;
        }
    }
}
