package dev.faultline.source.llvm.text;

import dev.faultline.access.code.MemoryOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one instruction. */
final class InstructionReader {

    private static final Set<String> CALLS = Set.of("call", "invoke", "callbr");
    private static final Set<String> FLAGS = Set.of(
            "nuw",
            "nsw",
            "nusw",
            "exact",
            "fast",
            "nnan",
            "ninf",
            "nsz",
            "arcp",
            "contract",
            "afn",
            "reassoc",
            "inbounds",
            "disjoint",
            "nneg",
            "samesign",
            "inrange");

    private final IrCursor in;
    private final IrInstruction made = new IrInstruction();
    private final IrText text;
    private final int start;
    private final int end;

    InstructionReader(String source, IrText text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.in = new IrCursor(source, text, start, end);
    }

    /** {@return the instruction; empty for a line that has none} */
    Optional<IrInstruction> read() {
        char first = in.peek();
        if (first == 0 || first == ']' || first == '}') {
            return Optional.empty();
        }
        attachments();
        if (first == '#') {
            return record();
        }
        if (first == '%') {
            in.expect('%');
            made.result = in.name();
            in.expect('=');
        }
        String word = in.word();
        if (word.equals("tail") || word.equals("musttail") || word.equals("notail")) {
            word = in.word();
        }
        made.operation = word;
        if (CALLS.contains(word)) {
            made.operation = "call";
            call();
        } else {
            operation(word);
        }
        return Optional.of(made);
    }

    /** Finds the numbers of {@code !dbg} and {@code !tbaa} among what is attached at the end. */
    private void attachments() {
        int at = end;
        while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        while (true) {
            int comma = attachment(at);
            if (comma < 0) {
                return;
            }
            at = comma;
        }
    }

    /** {@return where the comma before the last attachment is, {@code , !name !12}; -1 when there is none} */
    private int attachment(int behind) {
        int at = behind - 1;
        while (at > start && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at--;
        }
        if (at <= start + 1 || text.charAt(at) != '!' || text.charAt(at - 1) != ' ') {
            return -1;
        }
        int number = at;
        at -= 2;
        while (at > start && IrCursor.isWordPart(text.charAt(at))) {
            at--;
        }
        if (text.charAt(at) != '!') {
            return -1;
        }
        if (text.startsWith("!dbg ", at)) {
            made.location = reference(number);
        } else if (text.startsWith("!tbaa ", at)) {
            made.aliasTag = reference(number);
        }
        return at > start + 1 && text.charAt(at - 1) == ' ' && text.charAt(at - 2) == ',' ? at - 2 : -1;
    }

    private int reference(int from) {
        int to = from + 1;
        while (to < end && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Metadata.reference(text.substring(from, to));
    }

    private void flags() {
        while (FLAGS.contains(in.peekWord())) {
            in.word();
            if (in.peek() == '(') {
                in.skipBrackets();
            }
        }
    }

    private void operation(String word) {
        switch (word) {
            case "alloca" -> {
                in.accept("inalloca");
                made.type = IrTypeReader.read(in);
            }
            case "load" -> load();
            case "store" -> store();
            case "getelementptr" -> {
                flags();
                made.source = IrTypeReader.read(in);
                made.type = IrType.POINTER;
                in.expect(',');
                made.operands = list();
            }
            case "phi" -> phi();
            case "atomicrmw" -> update();
            case "cmpxchg" -> compareAndSet();
            case "br" -> branch();
            case "switch", "indirectbr" -> jump();
            case "icmp", "fcmp" -> {
                flags();
                made.word = in.word();
                binary();
            }
            case "ret", "unreachable", "resume", "landingpad", "cleanup", "catch", "filter", "fence", "va_arg" -> {}
            case "extractvalue" -> made.operands = List.of(IrValueReader.typed(in), index());
            default -> plain();
        }
    }

    private IrValue index() {
        in.accept(',');
        return IrValue.number(IrType.OTHER, in.number());
    }

    private void load() {
        boolean isAtomic = in.accept("atomic");
        boolean isVolatile = in.accept("volatile");
        made.type = IrTypeReader.read(in);
        in.expect(',');
        made.operands = List.of(IrValueReader.typed(in));
        made.order = order(isAtomic, isVolatile);
    }

    private void store() {
        boolean isAtomic = in.accept("atomic");
        boolean isVolatile = in.accept("volatile");
        IrValue value = IrValueReader.typed(in);
        in.expect(',');
        made.type = value.type();
        made.operands = List.of(value, IrValueReader.typed(in));
        made.order = order(isAtomic, isVolatile);
    }

    private MemoryOrder order(boolean isAtomic, boolean isVolatile) {
        MemoryOrder found = isVolatile ? MemoryOrder.OPAQUE : MemoryOrder.PLAIN;
        if (!isAtomic) {
            return found;
        }
        if (in.accept("syncscope")) {
            in.skipBrackets();
        }
        return ordered(in.word());
    }

    private static MemoryOrder ordered(String word) {
        return switch (word) {
            case "acquire", "release", "acq_rel" -> MemoryOrder.ORDERED;
            case "seq_cst" -> MemoryOrder.VOLATILE;
            default -> MemoryOrder.OPAQUE;
        };
    }

    private void update() {
        in.accept("volatile");
        made.word = in.word();
        IrValue pointer = IrValueReader.typed(in);
        in.expect(',');
        IrValue value = IrValueReader.typed(in);
        made.type = value.type();
        made.operands = List.of(pointer, value);
        made.order = order(true, false);
    }

    private void compareAndSet() {
        in.accept("weak");
        in.accept("volatile");
        IrValue pointer = IrValueReader.typed(in);
        in.expect(',');
        IrValue expected = IrValueReader.typed(in);
        in.expect(',');
        IrValue value = IrValueReader.typed(in);
        made.type = value.type();
        made.operands = List.of(pointer, expected, value);
        made.order = order(true, false);
    }

    private void phi() {
        flags();
        made.type = IrTypeReader.read(in);
        List<IrValue> values = new ArrayList<>();
        List<String> from = new ArrayList<>();
        do {
            in.expect('[');
            values.add(IrValueReader.read(in, made.type));
            in.expect(',');
            in.expect('%');
            from.add(in.name());
            in.expect(']');
        } while (in.accept(',') && in.peek() == '[');
        made.operands = values;
        made.labels = from;
    }

    private void branch() {
        if (!in.accept("label")) {
            made.operands = List.of(IrValueReader.typed(in));
            in.expect(',');
            in.accept("label");
        }
        List<String> to = new ArrayList<>();
        do {
            in.accept("label");
            if (!in.accept('%')) {
                break;
            }
            to.add(in.name());
        } while (in.accept(','));
        made.labels = to;
    }

    private void jump() {
        made.operands = List.of(IrValueReader.typed(in));
        labelsOfRest();
    }

    /** Takes every {@code label %name} that follows. */
    private void labelsOfRest() {
        List<String> to = new ArrayList<>();
        int at = in.position();
        for (int found = text.indexOf("label %", at, end);
                found >= 0;
                found = text.indexOf("label %", found + 1, end)) {
            in.moveTo(found + "label %".length());
            to.add(in.name());
        }
        made.labels = to;
    }

    private void binary() {
        flags();
        IrValue first = IrValueReader.typed(in);
        in.expect(',');
        made.type = first.type();
        made.operands = List.of(first, IrValueReader.read(in, first.type()));
    }

    private List<IrValue> list() {
        List<IrValue> values = new ArrayList<>();
        do {
            if (!IrTypeReader.isNext(in)) {
                break;
            }
            in.accept("inrange");
            values.add(IrValueReader.typed(in));
        } while (in.accept(','));
        return values;
    }

    /** Casts, arithmetic and what is not looked into. */
    private void plain() {
        switch (made.operation) {
            case "bitcast",
                    "addrspacecast",
                    "inttoptr",
                    "ptrtoint",
                    "ptrtoaddr",
                    "trunc",
                    "zext",
                    "sext",
                    "fptoui",
                    "fptosi",
                    "uitofp",
                    "sitofp",
                    "fptrunc",
                    "fpext" -> {
                flags();
                IrValue value = IrValueReader.typed(in);
                made.operands = List.of(value);
                if (in.accept("to")) {
                    made.type = IrTypeReader.read(in);
                }
            }
            case "add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr", "udiv", "sdiv", "urem", "srem" ->
                binary();
            case "select", "freeze" -> {
                flags();
                made.operands = list();
                made.type = made.operands.isEmpty()
                        ? IrType.OTHER
                        : made.operands.get(made.operands.size() - 1).type();
            }
            default -> {}
        }
    }

    private void call() {
        passWords();
        made.type = IrTypeReader.read(in);
        if (made.type.kind() == IrType.Kind.FUNCTION) {
            made.type = made.type.element();
        }
        if (in.accept("asm")) {
            assembly();
        } else {
            made.callee = IrValueReader.read(in, IrType.POINTER);
        }
        if (made.callee.isGlobal() && made.callee.name().startsWith("llvm.dbg.")) {
            debugCall();
            return;
        }
        in.expect('(');
        List<IrValue> arguments = new ArrayList<>();
        while (in.peek() != ')') {
            if (in.peekWord().equals("metadata")) {
                in.word();
                skipMetadata();
                arguments.add(IrValue.OTHER);
            } else {
                arguments.add(IrValueReader.typed(in));
            }
            if (!in.accept(',')) {
                break;
            }
        }
        in.expect(')');
        made.operands = arguments;
        if (text.indexOf("label %", in.position(), end) > 0) {
            labelsOfRest();
        }
    }

    private void skipMetadata() {
        while (in.position() < in.end() && in.peek() != ',' && in.peek() != ')') {
            if (in.peek() == '(' || in.peek() == '{') {
                in.skipBrackets();
            } else if (in.peek() == '"') {
                in.string();
            } else {
                in.moveTo(in.position() + 1);
            }
        }
    }

    /** Passes calling conventions and attributes of the result. */
    private void passWords() {
        while (!IrTypeReader.isNext(in)) {
            String word = in.word();
            if (word.isEmpty()) {
                if (in.peek() == '"') {
                    in.string();
                    if (in.accept('=')) {
                        in.string();
                    }
                    continue;
                }
                throw in.broken("expected the type of a call");
            }
            if (in.peek() == '(') {
                in.skipBrackets();
            }
        }
    }

    private void assembly() {
        made.operation = "asm";
        while (in.peek() != '"') {
            if (in.word().isEmpty()) {
                throw in.broken("expected the text of inline assembly");
            }
        }
        made.word = in.string();
        in.expect(',');
        made.constraints = in.string();
    }

    /** A call of {@code llvm.dbg.value(metadata T %v, metadata !12, metadata !DIExpression())}. */
    private void debugCall() {
        made.operation = made.callee.name().equals("llvm.dbg.declare")
                        || made.callee.name().equals("llvm.dbg.addr")
                ? "dbg.declare"
                : made.callee.name().equals("llvm.dbg.value") ? "dbg.value" : "dbg.label";
        in.expect('(');
        if (in.accept("metadata")) {
            described();
        }
    }

    private Optional<IrInstruction> record() {
        in.expect('#');
        made.operation = switch (in.word()) {
            case "dbg_value" -> "dbg.value";
            case "dbg_declare" -> "dbg.declare";
            default -> "dbg.label";
        };
        if (in.accept('(') && !made.operation.equals("dbg.label")) {
            described();
        }
        return Optional.of(made);
    }

    private void described() {
        if (!IrTypeReader.isNext(in)) {
            return; // a list of values, or none
        }
        made.operands = List.of(IrValueReader.typed(in));
        in.expect(',');
        in.accept("metadata");
        int at = in.position();
        in.skipSpace();
        at = in.position();
        if (at < end && text.charAt(at) == '!') {
            made.variable = reference(at);
        }
        int expression = text.indexOf("!DIExpression(", at, end);
        int close = expression > 0 ? text.indexOf(')', expression) : -1;
        String words = close > 0 ? text.substring(expression + "!DIExpression(".length(), close) : "";
        made.isDereferenced = words.equals("DW_OP_deref");
        if (!words.isEmpty() && !made.isDereferenced) {
            made.variable = Metadata.NONE; // a part of the variable, or computed from the value
        }
    }
}
