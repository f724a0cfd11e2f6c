package dev.faultline.source.llvm.text;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One text of LLVM IR. The instructions of a function are read when they are asked for. */
public final class IrModule {

    private static final int MOST_INSTRUCTIONS = 1 << 22;

    final String source;
    final IrText text;
    final Map<String, IrType> types = new LinkedHashMap<>();
    final Map<String, IrGlobal> globals = new LinkedHashMap<>();
    final Map<String, IrFunction> functions = new LinkedHashMap<>();
    final Set<String> addressTaken = new LinkedHashSet<>();
    final List<Integer> units = new ArrayList<>();
    final List<String> unread = new ArrayList<>();
    final Metadata metadata;
    String dataLayout = "";
    String triple = "";
    private IrLayout layout;

    IrModule(String source, IrText text) {
        this.source = source;
        this.text = text;
        this.metadata = new Metadata(text);
    }

    /** {@return its name in messages} */
    public String source() {
        return source;
    }

    /** {@return the machine and system it is for: {@code x86_64-pc-linux-gnu}} */
    public String triple() {
        return triple;
    }

    /** {@return its global variables by name} */
    public Map<String, IrGlobal> globals() {
        return globals;
    }

    /** {@return the addresses in the initial value of a variable, as far as it can be read} */
    public List<InitialValue.Pointer> pointers(IrGlobal global) {
        return InitialValue.pointers(this, global);
    }

    /** {@return its functions by name, declared ones too} */
    public Map<String, IrFunction> functions() {
        return functions;
    }

    /** {@return names of functions and variables whose address the initial value of a variable has} */
    public Set<String> addressTaken() {
        return addressTaken;
    }

    /** {@return its metadata} */
    public Metadata metadata() {
        return metadata;
    }

    /** {@return the compile units of its metadata} */
    public List<Integer> units() {
        return units;
    }

    /** {@return a line for each part that could not be read} */
    public List<String> unread() {
        return unread;
    }

    /** {@return the sizes of its types} */
    public IrLayout layout() {
        if (layout == null) {
            layout = new IrLayout(dataLayout, types);
        }
        return layout;
    }

    /** {@return the number of bytes of the text} */
    public int byteSize() {
        return text.length();
    }

    /** {@return whether the text of a function's instructions has at most some characters} */
    public boolean isShort(IrFunction function, int mostCharacters) {
        return function.bodyEnd() - function.bodyStart() <= mostCharacters;
    }

    /** {@return whether the text of a function's instructions has one of some words} */
    public boolean mentions(IrFunction function, List<String> words) {
        return words.stream().anyMatch(word -> text.indexOf(word, function.bodyStart(), function.bodyEnd()) >= 0);
    }

    /**
     * Reads the instructions of a function.
     *
     * @param function one that the text defines
     * @return its blocks; the first is where it is entered
     * @throws InputException when they are broken
     */
    public List<IrBlock> blocks(IrFunction function) {
        List<IrBlock> blocks = new ArrayList<>();
        List<IrInstruction> instructions = new ArrayList<>();
        String label = "";
        int count = 0;
        int at = function.bodyStart();
        while (at < function.bodyEnd()) {
            int end = lineEnd(at, function.bodyEnd());
            String next = label(at, end);
            if (next != null) {
                if (!instructions.isEmpty() || !blocks.isEmpty()) {
                    blocks.add(new IrBlock(label, List.copyOf(instructions)));
                    instructions.clear();
                }
                label = next;
            } else {
                end = wholeEnd(at, end, function.bodyEnd());
                new InstructionReader(source, text, at, end).read().ifPresent(instructions::add);
                if (++count > MOST_INSTRUCTIONS) {
                    throw new InputException(
                            source, "", "a function of more than " + MOST_INSTRUCTIONS + " instructions");
                }
            }
            at = end + 1;
        }
        blocks.add(new IrBlock(label, List.copyOf(instructions)));
        return blocks;
    }

    private int lineEnd(int at, int end) {
        int line = text.indexOf('\n', at, end);
        return line < 0 ? end : line;
    }

    /** {@return where an instruction ends that goes on in the next lines: a switch, an invoke} */
    private int wholeEnd(int at, int end, int bodyEnd) {
        int last = end - 1;
        while (last > at && (text.charAt(last) == ' ' || text.charAt(last) == '\r')) {
            last--;
        }
        if (last > at && text.charAt(last) == '[') {
            int close = text.indexOf("\n  ]", end, bodyEnd);
            return close < 0 ? end : lineEnd(close + 1, bodyEnd);
        }
        int next = end + 1;
        while (next < bodyEnd && text.charAt(next) == ' ') {
            next++;
        }
        return text.startsWith("to label ", next) && next < bodyEnd ? lineEnd(next, bodyEnd) : end;
    }

    /** {@return the label that a line is; null when it is none} */
    private String label(int start, int end) {
        if (start >= end || text.charAt(start) == ' ' || text.charAt(start) == '\t' || text.charAt(start) == ';') {
            return null;
        }
        if (text.charAt(start) == '"') {
            int close = text.indexOf('"', start + 1);
            return close > 0 && close + 1 < end && text.charAt(close + 1) == ':'
                    ? text.substring(start + 1, close)
                    : null;
        }
        int at = start;
        while (at < end && IrCursor.isWordPart(text.charAt(at))) {
            at++;
        }
        return at > start && at < end && text.charAt(at) == ':' ? text.substring(start, at) : null;
    }
}
