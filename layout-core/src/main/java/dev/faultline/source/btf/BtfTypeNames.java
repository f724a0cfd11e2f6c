package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import dev.faultline.layout.ctype.CType;
import java.util.ArrayList;
import java.util.List;

/** The C types of records and their spellings: {@code "int (*)(struct sk_buff *)"}. */
final class BtfTypeNames {

    private static final int DEEPEST = 64;
    private static final int LONGEST = 16_384;

    /** Most characters in all spellings; few bytes of BTF can make a long one, and each pointer to it another. */
    private static final long MOST_CHARACTERS = 1 << 26;

    private final BtfTypes types;
    private final CType[] made;
    private final String[] spellings;
    private long characters;

    BtfTypeNames(BtfTypes types) {
        this.types = types;
        this.made = new CType[types.endId()];
        this.spellings = new String[types.endId()];
    }

    String of(int id) {
        return of(id, 0);
    }

    private String of(int id, int depth) {
        if (id > 0 && id < spellings.length && spellings[id] != null) {
            return spellings[id];
        }
        String spelling = type(id, depth).spelling();
        if (spelling.length() > LONGEST) {
            throw tooLong(id);
        }
        characters += spelling.length();
        if (characters > MOST_CHARACTERS) {
            throw new InputException(
                    types.source(), "", "more than " + MOST_CHARACTERS + " characters in the spellings of types");
        }
        if (id > 0) {
            spellings[id] = spelling;
        }
        return spelling;
    }

    private InputException tooLong(int id) {
        return new InputException(types.source(), "type " + id, "a type longer than " + LONGEST + " characters");
    }

    private CType type(int id, int depth) {
        if (depth > DEEPEST) {
            throw new InputException(types.source(), "type " + id, "nested deeper than " + DEEPEST + " levels");
        }
        if (id > 0 && id < made.length && made[id] != null) {
            return made[id];
        }
        CType type = make(id, depth);
        if (id > 0) {
            made[id] = type;
        }
        return type;
    }

    private CType make(int id, int depth) {
        return switch (types.kind(id)) {
            case BtfKind.VOID -> CType.named("void");
            case BtfKind.STRUCT -> tagged("struct", id);
            case BtfKind.UNION -> tagged("union", id);
            case BtfKind.FWD -> tagged(types.flag(id) ? "union" : "struct", id);
            case BtfKind.ENUM, BtfKind.ENUM64 -> tagged("enum", id);
            case BtfKind.VOLATILE -> type(types.target(id), depth + 1).qualified("volatile");
            case BtfKind.CONST -> type(types.target(id), depth + 1).qualified("const");
            case BtfKind.RESTRICT -> type(types.target(id), depth + 1).qualified("restrict");
            case BtfKind.TYPE_TAG -> type(types.target(id), depth + 1);
            case BtfKind.PTR -> type(types.target(id), depth + 1).pointer();
            case BtfKind.ARRAY -> type(types.elementType(id), depth + 1).array(types.elementCount(id));
            case BtfKind.FUNC_PROTO -> function(id, depth);
            default -> CType.named(types.name(id));
        };
    }

    private CType tagged(String keyword, int id) {
        String name = types.name(id);
        return CType.named(name.isEmpty() ? keyword : keyword + " " + name);
    }

    private CType function(int id, int depth) {
        int count = types.vlen(id);
        List<CType> parameters = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < count; i++) {
            int type = types.parameterType(id, i);
            boolean variadic = type == 0 && i == count - 1;
            length += variadic ? 0 : of(type, depth + 1).length();
            if (length > LONGEST) {
                throw tooLong(id);
            }
            parameters.add(variadic ? CType.named("...") : type(type, depth + 1));
        }
        return type(types.target(id), depth + 1).function(parameters);
    }
}
