package dev.faultline.source.detect;

/** What users can do whose file is not read; {@code FILE} stands for its name. */
final class Advice {

    /** For what other compilers than gcc and clang on Linux have made. */
    static final String CLANG = "clang prints the layouts of its source: `clang -fsyntax-only -Xclang"
            + " -fdump-record-layouts-complete SOURCE | faultline inspect -`";

    static final String CLANG_WINDOWS = "clang prints the layouts of its source: `clang --target=x86_64-pc-windows-msvc"
            + " -fsyntax-only -Xclang -fdump-record-layouts-complete SOURCE | faultline inspect -`";

    /** For WebAssembly, whose pointers have 4 bytes. */
    static final String CLANG_WASM = "clang prints the layouts of its source: `clang --target=wasm32 -fsyntax-only"
            + " -Xclang -fdump-record-layouts-complete SOURCE | faultline inspect -`";

    /** For what Rust's compiler has made and keeps to itself. */
    static final String RUST = "name a program or library that has it and was compiled with -g";

    /** For what shows a layout, perhaps, but not as text. */
    static final String TEXT = "copy the text of the structs and give it to `faultline inspect -`";

    private static final String FILE = "FILE";

    private Advice() {}

    /**
     * {@return what to do, for one file}
     *
     * @param wayOut what to do, with {@code FILE} for its name
     * @param name its name; shown in commands when a shell takes it for one word
     */
    static String of(String wayOut, String name) {
        return isPlain(name) ? wayOut.replace(FILE, name) : wayOut;
    }

    /** {@return whether a shell takes a name for one word, and a command for no option} */
    static boolean isPlain(String name) {
        return name.matches("[\\w./+,@%=-]+") && !name.startsWith("-");
    }

    /** {@return a message about a file of a format that is not read} */
    static String message(String words, String wayOut, String name) {
        return words + ", which is not read: " + of(wayOut, name);
    }
}
