package dev.faultline.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * C or C++ types as source text, with what a test must know to ask a compiler about them. {@code NativeCompiler} asks.
 *
 * @param isCxx whether the text is C++
 * @param declarations the text: includes and declarations, without a main function
 * @param types the types that the text declares or includes, each with a name of its own
 */
public record NativeTypes(boolean isCxx, String declarations, List<Type> types) {

    /**
     * A type.
     *
     * @param name its name as tools print it, without the namespaces around it
     * @param spelling how source code names it
     * @param fields paths that must be found in it: its fields, those of anonymous members included
     * @param bits those of them that are bit-fields
     * @param inherited paths of the fields of its base classes, without bit-fields
     * @param isPolymorphic whether its objects start with a pointer to a table
     */
    public record Type(
            String name,
            String spelling,
            List<String> fields,
            Set<String> bits,
            List<String> inherited,
            boolean isPolymorphic) {
        public Type {
            fields = List.copyOf(fields);
            bits = Set.copyOf(bits);
            inherited = List.copyOf(inherited);
        }

        /** {@return a type of which only the spelling is known} */
        public static Type of(String spelling) {
            String name = spelling.replaceFirst("^(struct|union|class) ", "");
            int scope = name.split("<", 2)[0].lastIndexOf("::");
            return new Type(name.substring(scope < 0 ? 0 : scope + 2), spelling, List.of(), Set.of(), List.of(), false);
        }
    }

    public NativeTypes {
        types = List.copyOf(types);
    }

    /** {@return types by a text that declares them and their spellings} */
    public static NativeTypes of(boolean isCxx, String declarations, String... spellings) {
        List<Type> types = new ArrayList<>();
        for (String spelling : spellings) {
            types.add(Type.of(spelling));
        }
        return new NativeTypes(isCxx, declarations, types);
    }

    /** {@return random C structs and unions, {@code c0} and following} */
    public static NativeTypes c(Random random, int count) {
        return new Maker(random, false).make(count);
    }

    /** {@return random C++ classes, structs, unions and class templates, {@code c0} and following} */
    public static NativeTypes cxx(Random random, int count) {
        return new Maker(random, true).make(count);
    }

    /** {@return a variable of each type, so that compilers describe it} */
    public String variables() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            text.append(types.get(i).spelling()).append(" variable").append(i).append(";\n");
        }
        return text.toString();
    }

    /** {@return these types and others in one text} */
    public NativeTypes and(NativeTypes other) {
        List<Type> all = new ArrayList<>(types);
        all.addAll(other.types);
        return new NativeTypes(isCxx, declarations + other.declarations, all);
    }

    /** Makes random declarations; every member has a name of its own, so that no inherited one is ambiguous. */
    private static final class Maker {
        private static final List<String> SCALARS = List.of(
                "char",
                "short",
                "int",
                "long",
                "unsigned char",
                "unsigned long long",
                "double",
                "float",
                "void *",
                "long double",
                "__int128",
                "float _Complex",
                "volatile short",
                "const char *const *");
        private static final List<String> UNITS = List.of("char", "short", "int", "long", "unsigned int");
        private static final List<Integer> UNIT_BITS = List.of(8, 16, 32, 64, 32);

        private final Random random;
        private final boolean isCxx;
        private final StringBuilder text = new StringBuilder();
        private final List<Type> types = new ArrayList<>();
        private final List<Type> bases = new ArrayList<>();
        private final List<Type> trivial = new ArrayList<>();
        private final List<Type> single = new ArrayList<>();
        private List<Type> embeddable = trivial;
        private final Set<String> bits = new HashSet<>();
        private boolean embeds;
        private boolean isUnion;
        private int names;

        Maker(Random random, boolean isCxx) {
            this.random = random;
            this.isCxx = isCxx;
        }

        NativeTypes make(int count) {
            text.append(isCxx ? "struct Any;\n" : "");
            while (types.size() < count) {
                if (isCxx && random.nextInt(3) > 0) {
                    type(random.nextInt(4) == 0 ? "class" : "struct");
                } else {
                    plain(random.nextInt(5) == 0 ? "union" : "struct");
                }
            }
            return new NativeTypes(isCxx, text.toString(), types);
        }

        /** A struct or union as C has it. */
        private void plain(String keyword) {
            isUnion = keyword.equals("union");
            List<String> fields = new ArrayList<>();
            embeds = false;
            bits.clear();
            String name = "c" + types.size();
            String body = keyword + " " + name + " {\n" + members(2, "", fields);
            boolean growing = keyword.equals("struct") && !isCxx && random.nextInt(12) == 0;
            String last = growing ? "  long m" + names++ + "[];\n" : "";
            text.append(body).append(last).append("}");
            text.append(keyword.equals("union") ? "" : attribute(true))
                    .append(";\n"); // pahole prints no size of a union
            Type made = new Type(name, (isCxx ? "::" : keyword + " ") + name, fields, bits, List.of(), false);
            types.add(made);
            if (!growing && !embeds) {
                trivial.add(made);
            }
        }

        /** A class with what only C++ has. */
        private void type(String keyword) {
            isUnion = false;
            String name = "c" + types.size();
            String scope = random.nextInt(4) == 0 ? "space" : "";
            boolean isTemplate = random.nextInt(5) == 0;
            List<String> fields = new ArrayList<>();
            List<String> inherited = new ArrayList<>();
            embeds = false;
            bits.clear();
            boolean isPolymorphic = random.nextInt(4) == 0;
            String baseList = isTemplate ? "" : baseList(inherited); // g++ 12 hangs on some templates with bases
            StringBuilder body = new StringBuilder(isTemplate ? "template <class T, int N> " : "");
            body.append(keyword) // what is in it may have 64, and clang refuses less
                    .append(random.nextInt(6) == 0 ? " alignas(64) " : " ")
                    .append(name);
            body.append(baseList).append(" {\n");
            body.append(random.nextBoolean() ? "" : "public:\n").append(members(1, "", fields));
            embeddable = isTemplate ? trivial : single; // no union follows
            if (isTemplate) {
                fields.add("m" + names);
                body.append("  T m").append(names++).append("[N];\n");
            }
            body.append(decorations(name, isPolymorphic))
                    .append(members(0, "", fields))
                    .append("};\n");
            embeddable = trivial;
            text.append(scope.isEmpty() ? body : "namespace " + scope + " {\n" + body + "}\n");
            String arguments = isTemplate ? "<char, " + (1 + random.nextInt(5)) + ">" : "";
            String spelling = "::" + (scope.isEmpty() ? "" : scope + "::") + name + arguments;
            Type made = new Type(name + arguments, spelling, fields, bits, inherited, isPolymorphic);
            types.add(made);
            bases.add(made);
            if (!embeds) {
                single.add(made);
            }
        }

        private String baseList(List<String> inherited) {
            StringBuilder list = new StringBuilder();
            for (int i = random.nextInt(3); i > 0 && !bases.isEmpty(); i--) {
                Type base = bases.remove(random.nextInt(bases.size())); // each is a base once: no ambiguous member
                list.append(list.length() == 0 ? " : " : ", ");
                list.append(random.nextBoolean() ? "public " : "private ");
                list.append(random.nextInt(4) == 0 ? "virtual " : "").append(base.spelling);
                base.fields.stream().filter(field -> !base.bits.contains(field)).forEach(inherited::add);
                inherited.addAll(base.inherited);
                embeds = true;
            }
            return list.toString();
        }

        /** What a class may declare that is no member of its objects. */
        private String decorations(String name, boolean isPolymorphic) {
            StringBuilder body = new StringBuilder();
            if (isPolymorphic) {
                body.append("  virtual int v").append(names).append("(const ").append(name);
                body.append(" &, int (*)(long)) const { return 1; }\n");
            }
            body.append(random.nextInt(3) == 0 ? "  static const int s" + names + " = 3;\nprotected:\n" : "");
            body.append(random.nextInt(3) == 0 ? "  bool operator<(const " + name + " &) const;\n" : "");
            body.append(random.nextInt(3) == 0 ? "  typedef unsigned long t" + names + ";\nprivate:\n" : "");
            body.append(random.nextInt(3) == 0 ? "  enum class e" + names + " : short { A, B };\n" : "");
            body.append(random.nextInt(3) == 0 ? "  operator int();\n  static void f(char);\n" : "");
            return body.toString();
        }

        private String members(int depth, String path, List<String> fields) {
            StringBuilder body = new StringBuilder();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                body.append("  ").append(member(depth, path, fields)).append('\n');
            }
            String last = "m" + names++;
            fields.add(path + last);
            return body.append("  int ").append(last).append(";\n").toString();
        }

        private String member(int depth, String path, List<String> fields) {
            int kind = random.nextInt(14);
            if (kind < 4) {
                return bitField(path, fields);
            }
            String name = "m" + names++;
            if (kind < 6 && depth > 0) {
                boolean anonymous = random.nextBoolean();
                String body = members(depth - 1, anonymous ? path : path + name + ".", fields);
                String keyword = random.nextInt(3) == 0 ? "union" : "struct";
                return keyword + " {\n" + body + "}" + attribute(true) + (anonymous ? "" : " " + name) + ";";
            }
            fields.add(path + name);
            return switch (kind) {
                case 6 -> embedded() + " " + name + array() + ";";
                case 7 -> "int (*" + name + array() + ")(long, const char *);";
                case 8 -> "struct { long m" + names++ + "; char m" + names++ + "; } " + name + "[3];";
                case 9 -> embeddable == single ? "long ::Any::*" + name + ";" : "const void **" + name + "[2];";
                default -> SCALARS.get(random.nextInt(SCALARS.size())) + " " + name + array() + attribute(false) + ";";
            };
        }

        private String embedded() {
            embeds = true; // a type that embeds others is not embedded itself: sizes would explode
            return isUnion || embeddable.isEmpty()
                    ? "long"
                    : embeddable.get(random.nextInt(embeddable.size())).spelling;
        }

        private String bitField(String path, List<String> fields) {
            int unit = random.nextInt(UNITS.size());
            int width = random.nextInt(UNIT_BITS.get(unit) + 1);
            if (isUnion) { // pahole prints neither unnamed bits nor the size of a union that they make larger
                width = Math.max(1, width);
            } else if (width == 0 || random.nextInt(6) == 0) {
                return UNITS.get(unit) + " : " + width + ";";
            }
            String name = "m" + names++;
            fields.add(path + name);
            bits.add(path + name);
            return UNITS.get(unit) + " " + name + " : " + width + ";";
        }

        private String array() {
            return random.nextInt(4) > 0 ? "" : random.nextInt(3) == 0 ? "[2][3]" : "[" + (1 + random.nextInt(4)) + "]";
        }

        private String attribute(boolean type) {
            if (isUnion) {
                return ""; // pahole prints no size of a union, so that its alignment has to be a natural one
            }
            return switch (random.nextInt(type ? 6 : 10)) {
                case 0 -> " __attribute__((packed))";
                case 1 -> " __attribute__((aligned(" + (1 << random.nextInt(7)) + ")))";
                default -> "";
            };
        }
    }
}
