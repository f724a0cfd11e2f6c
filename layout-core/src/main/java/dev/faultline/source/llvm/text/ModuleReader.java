package dev.faultline.source.llvm.text;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the text of a module: everything but the instructions of its functions, which are found here and read later.
 */
public final class ModuleReader {

    private static final int MOST_UNREAD = 20;
    private static final int MOST_DEFINITIONS = 1 << 22;
    private static final Set<String> COLLECTIONS =
            Set.of("llvm.used", "llvm.compiler.used", "llvm.global_ctors", "llvm.global_dtors");

    private final IrModule module;
    private final IrText text;
    private int definitions;

    private ModuleReader(String source, IrText text) {
        this.module = new IrModule(source, text);
        this.text = text;
    }

    /**
     * {@return whether a text is LLVM IR}
     *
     * @param head its first characters
     */
    public static boolean isIr(String head) {
        String start = head.stripLeading();
        return start.startsWith("; ModuleID = ")
                || start.startsWith("source_filename = \"")
                || start.startsWith("target datalayout = \"")
                || start.startsWith("target triple = \"") && head.contains("\n")
                || head.contains("\nsource_filename = \"") && head.contains("\ntarget ");
    }

    /**
     * Reads a module.
     *
     * @param source its name in messages
     * @param text its text
     * @return the module
     * @throws InputException when nothing of it can be read
     */
    public static IrModule read(String source, byte[] text) {
        ModuleReader reader = new ModuleReader(source, new IrText(text));
        reader.lines();
        return reader.module;
    }

    private void lines() {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            int next = end + 1;
            try {
                next = line(at, end);
            } catch (InputException broken) {
                if (module.unread.size() < MOST_UNREAD) {
                    module.unread.add(broken.getMessage());
                }
            }
            at = next;
        }
    }

    /** Reads what starts in a line. */
    private int line(int at, int end) {
        char first = at < end ? text.charAt(at) : 0;
        switch (first) {
            case '!' -> metadata(at, end);
            case '%' -> type(at, end);
            case '@' -> global(at, end);
            case 'd' -> {
                if (text.startsWith("define ", at)) {
                    return define(at, end);
                }
                if (text.startsWith("declare ", at)) {
                    function(at, end, -1, -1);
                }
            }
            case 't' -> target(at, end);
            default -> {}
        }
        return end + 1;
    }

    private void count() {
        if (++definitions > MOST_DEFINITIONS) {
            throw new InputException(
                    module.source, "", "more than " + MOST_DEFINITIONS + " types, variables and functions");
        }
    }

    private void target(int at, int end) {
        int quote = text.indexOf('"', at);
        int close = quote < 0 ? -1 : text.indexOf('"', quote + 1);
        if (close < 0 || close > end) {
            return;
        }
        if (text.startsWith("target datalayout", at)) {
            module.dataLayout = text.substring(quote + 1, close);
        } else if (text.startsWith("target triple", at)) {
            module.triple = text.substring(quote + 1, close);
        }
    }

    private void metadata(int at, int end) {
        int name = at + 1;
        while (name < end && Character.isDigit(text.charAt(name))) {
            name++;
        }
        if (name > at + 1 && name < at + 10 && text.startsWith(" = ", name)) {
            try {
                module.metadata.add(Integer.parseInt(text.substring(at + 1, name)), name + " = ".length());
            } catch (IllegalArgumentException large) {
                throw new InputException(module.source, "", String.valueOf(large.getMessage()));
            }
        } else if (text.startsWith("!llvm.dbg.cu = ", at)) {
            String list = text.substring(Math.min(end, at + "!llvm.dbg.cu = ".length()), end);
            for (String part : list.replaceFirst("^!?\\{", "").replace("}", "").split(",")) {
                int unit = Metadata.reference(part.strip());
                if (unit != Metadata.NONE) {
                    module.units.add(unit);
                }
            }
        }
    }

    private void type(int at, int end) {
        IrCursor in = new IrCursor(module.source, text, at, end);
        in.expect('%');
        String name = in.name();
        if (in.accept('=') && in.accept("type") && !in.accept("opaque")) {
            count();
            module.types.put(name, IrTypeReader.read(in));
        }
    }

    private void global(int at, int end) {
        IrCursor in = new IrCursor(module.source, text, at, end);
        in.expect('@');
        String name = in.name();
        in.expect('=');
        boolean isThreadLocal = false;
        boolean isInternal = false;
        boolean isElsewhere = false;
        String word = in.word();
        while (!word.equals("global") && !word.equals("constant")) {
            if (word.isEmpty() || word.equals("alias") || word.equals("ifunc")) {
                addresses(in.position(), end);
                return;
            }
            isThreadLocal |= word.equals("thread_local");
            isInternal |= word.equals("internal") || word.equals("private");
            isElsewhere |= word.equals("external") || word.equals("extern_weak") || word.equals("available_externally");
            if (in.peek() == '(') {
                in.skipBrackets();
            }
            word = in.word();
        }
        count();
        IrType type = IrTypeReader.read(in);
        if (!COLLECTIONS.contains(name)) {
            addresses(in.position(), end);
        }
        int start = in.position();
        module.globals.put(
                name,
                new IrGlobal(
                        name,
                        type,
                        word.equals("constant"),
                        isThreadLocal,
                        isInternal,
                        section(start, end),
                        alignment(start, end),
                        start,
                        isElsewhere ? start : end,
                        debug(start, end)));
    }

    private String section(int from, int end) {
        int at = text.indexOf(", section \"", from, end);
        int close = at < 0 ? -1 : text.indexOf('"', at + ", section \"".length(), end);
        return close < 0 ? "" : text.substring(at + ", section \"".length(), close);
    }

    private long alignment(int from, int end) {
        int at = -1;
        for (int next = text.indexOf(", align ", from, end);
                next >= 0;
                next = text.indexOf(", align ", next + 1, end)) {
            at = next + ", align ".length();
        }
        long bytes = 0;
        for (int i = at; i > 0 && i < end && i < at + 9 && Character.isDigit(text.charAt(i)); i++) {
            bytes = bytes * 10 + text.charAt(i) - '0';
        }
        return bytes;
    }

    /** Notes the names that the initial value of a variable has. */
    private void addresses(int from, int end) {
        IrCursor in = new IrCursor(module.source, text, from, end);
        int at = from;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '@') {
                in.moveTo(at + 1);
                module.addressTaken.add(in.name());
                at = Math.max(at + 1, in.position());
            } else if (c == '"') {
                int close = text.indexOf('"', at + 1);
                at = close < 0 ? end : close + 1;
            } else {
                at++;
            }
        }
    }

    private List<Integer> debug(int from, int end) {
        List<Integer> found = new ArrayList<>(1);
        for (int at = from; at < end; at++) {
            if (text.charAt(at) == '!' && text.startsWith("!dbg !", at)) {
                int to = at + "!dbg !".length();
                while (to < end && Character.isDigit(text.charAt(to))) {
                    to++;
                }
                found.add(Metadata.reference(text.substring(at + "!dbg ".length(), to)));
            }
        }
        return found;
    }

    /** {@return where the text goes on behind a function} */
    private int define(int at, int end) {
        int close = text.indexOf("\n}", end - 1, text.length());
        int bodyEnd = close < 0 ? text.length() : close;
        function(at, end, Math.min(end + 1, bodyEnd), bodyEnd);
        return Math.min(text.length(), bodyEnd + 2);
    }

    private void function(int at, int end, int bodyStart, int bodyEnd) {
        count();
        IrCursor in = new IrCursor(module.source, text, at, end);
        int name = at;
        while (name < end && text.charAt(name) != '@') {
            if (text.charAt(name) == '"') {
                int close = text.indexOf('"', name + 1);
                name = close < 0 ? end : close;
            }
            name++;
        }
        if (name >= end) {
            throw in.broken("a function without a name");
        }
        String linkage = text.substring(at, Math.min(name, at + 32));
        in.moveTo(name + 1);
        String called = in.name();
        List<IrValue> parameters = bodyStart < 0 ? List.of() : parameters(in);
        List<Integer> debug = debug(bodyStart < 0 ? at : in.position(), end);
        module.functions.put(
                called,
                new IrFunction(
                        called,
                        linkage.contains(" internal ") || linkage.contains(" private "),
                        parameters,
                        debug.isEmpty() ? Metadata.NONE : debug.get(0),
                        bodyStart,
                        bodyEnd));
    }

    private static List<IrValue> parameters(IrCursor in) {
        List<IrValue> parameters = new ArrayList<>();
        in.expect('(');
        while (in.peek() != ')') {
            if (in.accept("...")) {
                break;
            }
            IrType type = IrTypeReader.read(in);
            IrValueReader.skipAttributes(in);
            parameters.add(
                    in.accept('%') ? IrValue.local(type, in.name()) : IrValue.local(type, "" + parameters.size()));
            if (!in.accept(',')) {
                break;
            }
        }
        in.expect(')');
        return parameters;
    }
}
