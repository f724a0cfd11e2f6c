package dev.faultline.layout.dialect;

import dev.faultline.input.InputException;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.paste.PrintedLine;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts about types that hold too little for a layout, or hold it in a form that is not read: they are named. */
final class UnreadDialect implements TextDialect {

    private static final int LONGEST_LINE = 4096;
    private static final String PAHOLE = "print the types with `pahole FILE` and give that";

    /** A text that is known by one of its lines. */
    private enum Form {
        MICROSOFT(
                "the layout report of Microsoft's compiler, which prints no types of members",
                "clang prints them too: `clang --target=x86_64-pc-windows-msvc -fsyntax-only -Xclang"
                        + " -fdump-record-layouts SOURCE`",
                "(?:class|struct|union) \\S.*\\ssize\\(\\d+\\):"),
        RAW_BTF(
                "bpftool's list of BTF types",
                "give the file that bpftool read, or `kernel`: BTF itself is read",
                "\\[\\d+\\] (?:STRUCT|UNION|INT|PTR|TYPEDEF|ENUM|FUNC_PROTO|ARRAY|CONST) '.*"),
        DWARF(
                "a dump of debug information (DWARF)",
                PAHOLE,
                ".*\\bDW_TAG_(?:compile_unit|structure_type|class_type|union_type|member)\\b.*"),
        ABI("libabigail's description of an interface", PAHOLE, "<abi-(?:corpus|corpus-group|instr)\\b.*"),
        SIZES("pahole's table of sizes, which has no members", PAHOLE, "[A-Za-z_][^\\t]*\\t\\d+\\t\\d+"),
        SYMBOLS("a table of symbols, which has no members", PAHOLE, "[0-9a-f]{16}(?: [0-9a-f]{16})? [A-Za-z] \\S+"),
        SECTIONS("a table of sections, which has no types", PAHOLE, "text\\s+data\\s+bss\\s+dec\\s+hex\\s+filename");

        private final String words;
        private final String wayOut;
        private final Pattern line;

        Form(String words, String wayOut, String line) {
            this.words = words;
            this.wayOut = wayOut;
            this.line = Pattern.compile(line);
        }
    }

    @Override
    public Optional<TextLayouts> read(String source, String text) {
        if (text.indexOf('{') >= 0) {
            return Optional.empty(); // there may be declarations
        }
        for (PrintedLine printed : PrintedLine.of(text)) {
            String line = printed.text().strip();
            for (Form form : line.length() > LONGEST_LINE ? new Form[0] : Form.values()) {
                if (form.line.matcher(line).matches()) {
                    throw new InputException(
                            source, "line " + printed.number(), "this is " + form.words + "; " + form.wayOut);
                }
            }
        }
        return Optional.empty();
    }
}
