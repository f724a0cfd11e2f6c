package dev.faultline.source.jvm.code;

import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The lines of fields that are declared with an initialiser. Class files have lines for code only, and compilers copy
 * the initialisers into every constructor, behind the call of the superclass's. What the body of a constructor assigns
 * has a line within that constructor and says nothing about the declaration.
 */
final class InitialiserLines {

    private static final int PUTFIELD_BYTES = 3;
    private static final int RETURN = 177;

    private final RawClass type;
    private final Map<RawClass.Method, CodeShape> constructors = new LinkedHashMap<>();
    /** The line of each field that some constructor initialises; 0 when constructors disagree. */
    private final Map<Member, Integer> lines = new HashMap<>();

    InitialiserLines(RawClass type) {
        this.type = type;
    }

    void add(RawClass.Method constructor, CodeShape code) {
        constructors.put(constructor, code);
    }

    /** Sets the lines of the fields, once all methods are read: the static initialiser may follow the constructors. */
    void locateFields() {
        constructors.forEach(this::read);
        type.fields.replaceAll(this::located);
    }

    /** Takes the initialisers that a constructor begins with. */
    private void read(RawClass.Method constructor, CodeShape code) {
        if (constructor.chainedAt < 0 || constructor.chainedTo.equals(type.name) || !constructor.lines.beginsAt(0)) {
            return;
        }
        Extent extent = Extent.of(type, constructor, code);
        int start = constructor.chainedAt + PUTFIELD_BYTES; // of the statement; invokespecial is as long
        for (RawClass.Effect effect : constructor.effects) {
            if (effect.at < start || !isOwn(effect)) {
                continue;
            }
            int line = constructor.lines.line(start);
            if (!effect.isInLoop && !extent.holds(line)) {
                lines.merge(effect.field, line, (one, other) -> one.equals(other) ? one : 0);
            }
            start = effect.at + PUTFIELD_BYTES;
        }
    }

    private boolean isOwn(RawClass.Effect effect) {
        return effect.target == RawClass.Target.FIELD
                && effect.access.kind().writes()
                && effect.object != null
                && effect.object.is(Value.Kind.THIS)
                && effect.field.owner().equals(type.name);
    }

    /** {@return the field with its line, when that is known} */
    private DeclaredField located(DeclaredField field) {
        int line = lines.getOrDefault(new Member(type.name, field.name(), field.descriptor()), 0);
        return line == 0
                ? field
                : new DeclaredField(field.name(), field.descriptor(), field.traits(), OptionalInt.of(line));
    }

    /**
     * The lines that a constructor takes in the source.
     *
     * @param first the line of its head, or of the call of the superclass's constructor in its body
     * @param last the line of its closing brace; of a constructor that the compiler made, which has the line of the
     *     class, the same as the first
     */
    private record Extent(int first, int last) {

        /**
         * The return of a written constructor begins a line of its own, that of the closing brace. The constructor that
         * a compiler makes has no such line, or (javac 25, seen) that of a static initialiser; neither has one that is
         * written on one line. Of these, one with arguments is taken for written, and all lines after its first for its
         * body.
         */
        static Extent of(RawClass type, RawClass.Method constructor, CodeShape code) {
            int first = constructor.lines.line(0);
            int end = -1;
            for (int at = 0; at < code.length(); at += code.size(at)) {
                end = code.u1(at) == RETURN ? at : end;
            }
            boolean mayBeMade = mayBeMade(type, constructor.descriptor);
            if (end > 0 && constructor.lines.beginsAt(end)) {
                int last = constructor.lines.line(end);
                return new Extent(first, mayBeMade && isStatic(type, last) ? first : Math.max(first, last));
            }
            return new Extent(first, mayBeMade ? first : Integer.MAX_VALUE);
        }

        private static boolean isStatic(RawClass type, int line) {
            return type.methods.stream().anyMatch(method -> method.name.equals("<clinit>") && method.lines.hold(line));
        }

        /** {@return whether compilers make constructors with such arguments: none, an outer object, or an enum's} */
        private static boolean mayBeMade(RawClass type, String descriptor) {
            String outer = type.name.substring(0, Math.max(0, type.name.lastIndexOf('$')));
            return descriptor.equals("()V")
                    || descriptor.equals("(L" + outer + ";)V")
                    || descriptor.equals("(Ljava/lang/String;I)V")
                            && type.superName.filter("java/lang/Enum"::equals).isPresent();
        }

        boolean holds(int line) {
            return line >= first && line <= last;
        }
    }
}
