package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of templates, for names that a compiler has written without them: {@code clang
 * -gsimple-template-names}. They are spelled as clang spells them in names that have them.
 */
final class TemplateNames {

    private static final int MOST_ARGUMENTS = 1024;
    private static final int LONGEST = 16_384;

    private final UnitTypes types;
    private final Unit unit;
    private final UnitLookup lookup;
    private final Map<Integer, String> known = new HashMap<>();

    TemplateNames(UnitTypes types, UnitLookup lookup) {
        this.types = types;
        this.unit = types.unit();
        this.lookup = lookup;
    }

    /**
     * {@return the arguments of a class, function or alias in angle brackets; empty when it is no template or its name
     * has them}
     *
     * @param position the position of the entry
     * @param name its name
     * @param depth how many types are around the name
     */
    String arguments(int position, String name, int depth) {
        EntryReader reader = new EntryReader(unit);
        if (types.isC() || types.isRust() || types.isGo() || name.indexOf('<') >= 0 || !reader.read(position)) {
            return "";
        }
        String before = known.get(position);
        if (before == null) {
            known.put(position, ""); // for arguments that have the template in their own names
            before = arguments(reader, depth);
            known.put(position, before);
        }
        return before;
    }

    private String arguments(EntryReader reader, int depth) {
        // Classes have their parameters before their members, functions between others.
        List<String> arguments = new ArrayList<>();
        boolean isTemplate =
                reader.hasChildren() && add(reader.next(), arguments, depth, reader.tag() == DwarfTag.SUBPROGRAM);
        if (!isTemplate) {
            return "";
        }
        String list = String.join(", ", arguments);
        if (list.length() > LONGEST) {
            return "<...>";
        }
        return "<" + list + (list.endsWith(">") ? " >" : ">");
    }

    private boolean add(int firstChild, List<String> arguments, int depth, boolean isMixed) {
        EntryReader reader = new EntryReader(unit);
        boolean isTemplate = false;
        int length = 0;
        int at = firstChild;
        while (arguments.size() < MOST_ARGUMENTS && length <= LONGEST && reader.read(at)) {
            boolean isParameter = DwarfTag.isTemplateParameter(reader.tag());
            if (!isParameter && !isMixed) {
                break;
            }
            at = Children.behind(reader);
            if (isParameter) {
                isTemplate = true;
                argument(reader, arguments, depth);
                length += arguments.isEmpty()
                        ? 0
                        : arguments.get(arguments.size() - 1).length();
            }
        }
        return isTemplate;
    }

    private void argument(EntryReader reader, List<String> arguments, int depth) {
        switch (reader.tag()) {
            case DwarfTag.GNU_TEMPLATE_PARAMETER_PACK -> {
                if (reader.hasChildren()) {
                    int position = reader.position();
                    EntryReader pack = new EntryReader(unit);
                    pack.read(position);
                    add(pack.next(), arguments, depth, false);
                }
            }
            case DwarfTag.GNU_TEMPLATE_TEMPLATE_PARAMETER -> {
                long text = reader.text(DwarfAttribute.GNU_TEMPLATE_NAME);
                arguments.add(text < 0 ? "?" : unit.text(text));
            }
            case DwarfTag.TEMPLATE_VALUE_PARAMETER -> arguments.add(value(reader));
            default -> arguments.add(types.names().target(reader, depth).spelling());
        }
    }

    private String value(EntryReader reader) {
        if (!reader.hasNumber(DwarfAttribute.CONST_VALUE)) {
            return "?"; // the address of an object, which clang leaves in the name
        }
        long value = reader.signedNumber(DwarfAttribute.CONST_VALUE, 0);
        Optional<EntryPlace> place = types.target(reader, DwarfAttribute.TYPE, lookup);
        return place.isEmpty()
                ? String.valueOf(value)
                : place.get().types().names().templates().constant(place.get().position(), value, 0);
    }

    private String constant(int position, long value, int depth) {
        EntryReader reader = new EntryReader(unit);
        if (depth > 8 || !reader.read(position)) {
            return String.valueOf(value);
        }
        if (reader.tag() == DwarfTag.ENUMERATION_TYPE) {
            return enumerator(reader, position, value);
        }
        if (DwarfTag.isQualifier(reader.tag()) || reader.tag() == DwarfTag.TYPEDEF) {
            Optional<EntryPlace> place = types.target(reader, DwarfAttribute.TYPE, lookup);
            if (place.isPresent()) {
                return place.get()
                        .types()
                        .names()
                        .templates()
                        .constant(place.get().position(), value, depth + 1);
            }
        }
        return number(types.names().simple(position), value);
    }

    /** {@return a constant of an enum: its name where it has one} */
    private String enumerator(EntryReader type, int position, long value) {
        String name = types.names().qualified(position);
        String scope = name;
        if (!type.flag(DwarfAttribute.ENUM_CLASS)) {
            String simple = types.names().simple(position);
            scope = name.length() > simple.length() + 2 ? name.substring(0, name.length() - simple.length() - 2) : "";
        }
        EntryReader reader = new EntryReader(unit);
        for (int at = type.hasChildren() ? type.next() : -1; at >= 0 && reader.read(at); at = Children.behind(reader)) {
            boolean isIt = reader.tag() == DwarfTag.ENUMERATOR
                    && (reader.number(DwarfAttribute.CONST_VALUE, ~value) == value
                            || reader.signedNumber(DwarfAttribute.CONST_VALUE, ~value) == value);
            long text = reader.text(DwarfAttribute.NAME);
            if (isIt && text >= 0) {
                return (scope.isEmpty() ? "" : scope + "::") + unit.text(text);
            }
        }
        return "(" + name + ")" + value;
    }

    /** {@return a number with the suffix or cast that tells its type} */
    private static String number(String type, long value) {
        return switch (type) {
            case "bool" -> value == 0 ? "false" : "true";
            case "char" -> character((int) value & 0xff);
            case "long", "long int" -> value + "L";
            case "long long", "long long int" -> value + "LL";
            case "unsigned int" -> (value & 0xffffffffL) + "U";
            case "unsigned long", "long unsigned int" -> Long.toUnsignedString(value) + "UL";
            case "unsigned long long", "long long unsigned int" -> Long.toUnsignedString(value) + "ULL";
            case "short", "short int" -> "(" + type + ")" + value;
            case "signed char", "unsigned char" -> "(" + type + ")" + character((int) value & 0xff);
            case "unsigned short", "short unsigned int" -> "(" + type + ")" + (value & 0xffff);
            default -> String.valueOf(value);
        };
    }

    private static String character(int code) {
        return switch (code) {
            case '\\' -> "'\\\\'";
            case '\'' -> "'\\''";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case 0x07 -> "'\\a'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            case 0x0b -> "'\\v'";
            default -> code >= ' ' && code < 0x7f ? "'" + (char) code + "'" : String.format("'\\x%02x'", code);
        };
    }
}
