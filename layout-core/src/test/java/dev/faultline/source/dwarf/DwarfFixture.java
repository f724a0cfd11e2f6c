package dev.faultline.source.dwarf;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.dialect.TextDialect;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativePlaces;
import dev.faultline.testing.NativeToolchain;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Source text in C or C++ whose types a matrix of files holds.
 *
 * @param types the types that are compared, by the names that the reader must give them
 * @param elsewhere a second unit, which is linked with the first
 */
record DwarfFixture(NativeTypes types, String elsewhere) {

    private static final Pattern C_TYPE = Pattern.compile("^(struct|union) (c_\\w+) \\{", Pattern.MULTILINE);

    /** A type that clang does not know. */
    private static final String GCC_ONLY = "c_decimal";

    private static final String VALUES = "Values<true, 'x', Shade::LIGHT, PLAIN_B, 7>";

    /** What DWARF does not place: the place of a virtual base class is computed at run time. */
    static final Set<String> VIRTUAL_BASES =
            Set.of("Left.VirtualRoot", "Right.VirtualRoot", "Diamond.VirtualRoot", "VirtualOnly.NotPod");

    private static final List<String> CXX_TYPES = List.of(
            "Point",
            "Base",
            "TailReuse",
            "NotPod",
            "InTail",
            "DeepTail",
            "HoldsTail",
            "Empty",
            "EmptyBase",
            "TwoEmpty",
            "EmptyTwice",
            "EmptyChain",
            "OnlyEmpty",
            "OverlappingEmpty",
            "NoUnique",
            "NoUniqueTwice",
            "Polymorphic",
            "Derived",
            "MultiplyDerived",
            "LatePolymorphic",
            "Left",
            "Right",
            "Diamond",
            "VirtualOnly",
            "Statics",
            "Box<char, 3>",
            "Box<Point, 2>",
            "Pair<double>",
            "Pair<Box<short, 5> >",
            "Wrapper<long>",
            "Packed<int, char, Base>",
            "Packed<>",
            "HigherKinded<Pair, int>",
            VALUES,
            "Special<double>",
            "Special<char>",
            "Special<int*>",
            "Defaulted<char, int>",
            "Defaulted<long, short>::Inner",
            "outer::Scoped",
            "outer::inner::Scoped",
            "outer::inner::Held<char*>",
            "outer::versioned::Inlined",
            "outer::(anonymous namespace)::Hidden",
            "outer::HoldsHidden",
            "(anonymous namespace)::Hidden",
            "HoldsOwnHidden",
            "Nesting",
            "Nesting::Public",
            "Nesting::Private",
            "Nesting::Private::Deeper",
            "Nesting::Choice",
            "Nesting::Declared",
            "MemberPointers",
            "Scalars",
            "References",
            "Functions",
            "Bits",
            "BitsInTail",
            "Anonymous",
            "Aligned",
            "HoldsAligned",
            "PackedClass",
            "Unnamed",
            "Arrays",
            "Union",
            "Final");

    /** {@return the types of {@code constructs.c} that this compiler has} */
    static DwarfFixture c(NativeToolchain toolchain, Path directory) throws IOException, InterruptedException {
        String text = resource("constructs.c");
        Path source = directory.resolve("constructs.c");
        Files.writeString(source, text);
        List<String> command = new ArrayList<>(toolchain.command());
        command.addAll(List.of("-E", "-P", source.toString()));
        Set<String> spellings = new LinkedHashSet<>();
        Matcher matcher = C_TYPE.matcher(NativeCompiler.run(command, directory));
        while (matcher.find()) {
            spellings.add(matcher.group(1) + " " + matcher.group(2));
        }
        return new DwarfFixture(NativeTypes.of(false, text, spellings.toArray(String[]::new)), resource("elsewhere.c"));
    }

    /** {@return the types of {@code constructs.cc}} */
    static DwarfFixture cxx() throws IOException {
        List<NativeTypes.Type> types = CXX_TYPES.stream()
                .map(name -> new NativeTypes.Type(
                        name,
                        "::" + name.replace("(anonymous namespace)::", ""),
                        List.of(),
                        Set.of(),
                        List.of(),
                        false))
                .toList();
        return new DwarfFixture(new NativeTypes(true, resource("constructs.cc"), types), "");
    }

    /** {@return the types as clang lays them out for a target, by name, to know which members each has} */
    Map<String, StructLayout> model(List<String> target, Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(types.isCxx() ? "model.cc" : "model.c");
        StringBuilder sizes = new StringBuilder("unsigned long sizes[] = {"); // clang lays out what is used
        types.types().stream()
                .filter(type -> !type.name().equals(GCC_ONLY))
                .forEach(type -> sizes.append("sizeof(" + type.spelling() + "),\n"));
        Files.writeString(source, types.declarations() + sizes + "};\n");
        NativeToolchain clang =
                NativeToolchain.of(types.isCxx() ? "clang++" : "clang", false, target.toArray(String[]::new));
        List<String> command = new ArrayList<>(clang.command());
        command.addAll(List.of("-Xclang", "-fdump-record-layouts", "-S", "-o", source + ".s", source.toString()));
        Map<String, StructLayout> model = new TreeMap<>();
        String text = NativeCompiler.run(command, directory);
        TextDialect.ALL.stream()
                .flatMap(dialect -> dialect.read("clang", text).stream())
                .flatMap(read -> read.layouts().stream())
                .forEach(layout -> model.put(
                        NativePlaces.canonical(layout.name())
                                .replace("outer::Inlined", "outer::versioned::Inlined")
                                .replace("Defaulted<char>", "Defaulted<char,int>"),
                        layout));
        return model;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DwarfFixture.class.getResourceAsStream("/dwarf/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
