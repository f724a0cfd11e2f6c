package dev.faultline.layout.token;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.abi.RuledType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What names and types mean in the constant expressions of a text, as far as it was read. */
public final class ConstantScope implements ConstantExpression.Names {

    /** Most words of a basic type in a cast, as in {@code (unsigned long long int) 1}. */
    private static final int MOST_TYPE_WORDS = 4;

    /** Reads and lays out types. */
    public interface Types {

        /** {@return the type at the cursor, which is then read; null when it is unknown} */
        RuledType read(TokenCursor in);
    }

    private final Map<String, Long> enumerators = new HashMap<>();
    private final Map<String, Long> enumByteSizes = new HashMap<>();
    private final Set<String> assumptions = new LinkedHashSet<>();
    private Types types;

    /** Sets what reads the types in constant expressions. */
    public void types(Types given) {
        this.types = given;
    }

    /** Takes note of an enumerator; {@code value} is null when it is unknown. */
    public void enumerator(String name, Long value) {
        enumerators.putIfAbsent(name, value);
    }

    /** Takes note of the size in bytes of an enum that the text declares. */
    public void enumeration(String tag, long byteSize) {
        enumByteSizes.putIfAbsent(tag, byteSize);
    }

    /** {@return the size in bytes of the enum with this tag; null when the text does not declare it} */
    public Long enumByteSize(String tag) {
        return enumByteSizes.get(tag);
    }

    /** Takes note of what a size or an offset depends on. */
    public void assume(String assumption) {
        assumptions.add(assumption);
    }

    /** {@return what sizes and offsets depend on, such as {@code "SMP_CACHE_BYTES is 64"}} */
    public Set<String> assumptions() {
        return assumptions;
    }

    @Override
    public Long constant(Token name) {
        Long enumerator = enumerators.get(name.text());
        if (enumerator != null || enumerators.containsKey(name.text())) {
            return enumerator;
        }
        Long value = StandardMacros.value(name.text());
        if (value != null) {
            return value;
        }
        Long assumed = StandardMacros.assumed(name.text());
        if (assumed != null) {
            assume(name.text() + " is " + assumed);
        }
        return assumed;
    }

    @Override
    public boolean cast(TokenCursor in) {
        StringBuilder words = new StringBuilder();
        int count = 1;
        while (count <= MOST_TYPE_WORDS && in.token(count).kind() == Token.Kind.WORD) {
            words.append(count == 1 ? "" : " ").append(in.token(count).text());
            count++;
        }
        boolean cast = count > 1
                && in.token(count).is(")")
                && BasicTypes.of(words.toString()).isPresent();
        if (cast) {
            in.skip(count + 1);
        }
        return cast;
    }

    @Override
    public Long ofType(Token operator, TokenCursor in) {
        in.expect("(");
        boolean offset = operator.text().endsWith("offsetof");
        RuledType type = type(in);
        String member = "";
        if (offset && in.peek().is(",")) {
            in.next();
            StringBuilder path = new StringBuilder();
            while (in.peek().kind() == Token.Kind.WORD || in.peek().is(".")) {
                path.append(in.next().text());
            }
            member = path.toString();
        }
        in.expect(")");
        if (type == null) {
            return null;
        }
        if (offset) {
            return offset(type.type(), member);
        }
        return operator.is("sizeof") ? type.type().byteSize() : type.byteAlignment();
    }

    private static Long offset(FieldType type, String path) {
        return type instanceof FieldType.Aggregate aggregate
                ? aggregate.layout().fields().stream()
                        .filter(field -> field.path().equals(path))
                        .map(Slot.Field::byteOffset)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** {@return the type at the cursor, which is then read; null when it is unknown} */
    public RuledType type(TokenCursor in) {
        return types.read(in);
    }

    /** {@return whether a type and no expression starts at the cursor} */
    public boolean isType(Token token) {
        return token.kind() == Token.Kind.WORD
                && constant(token) == null
                && StandardMacros.assumed(token.text()) == null
                && !enumerators.containsKey(token.text())
                && !token.text().startsWith("sizeof")
                && !token.text().contains("lignof");
    }
}
