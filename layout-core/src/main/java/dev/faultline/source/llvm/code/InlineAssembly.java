package dev.faultline.source.llvm.code;

import dev.faultline.access.AccessKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Which of its memory operands inline assembly reads and writes, by its constraints. */
final class InlineAssembly {

    private static final Pattern ATOMIC = Pattern.compile(
            "(?s).*(?:\\block\\b|\\bxchg|\\bcas[abhlp]*\\b|\\bldadd|\\bldset|\\bldclr|\\bstadd|\\bswp|stxr|stlxr|"
                    + "\\bamo\\w+|\\bsc\\.[wd]).*");

    private InlineAssembly() {}

    /**
     * {@return for the numbers of its arguments, what is done to the memory that each points to}
     *
     * @param text the instructions
     * @param constraints the constraints, in the order of the arguments; outputs in registers take no argument
     */
    static Map<Integer, AccessKind> operands(String text, String constraints) {
        boolean isAtomic = ATOMIC.matcher(text).matches();
        Map<Integer, AccessKind> found = new LinkedHashMap<>();
        int argument = 0;
        for (String constraint : constraints.split(",")) {
            if (constraint.startsWith("~") || constraint.isEmpty()) {
                continue;
            }
            boolean isOutput = constraint.startsWith("=") || constraint.startsWith("+");
            boolean isIndirect = constraint.contains("*");
            if (isOutput && !isIndirect || constraint.startsWith("!")) {
                continue; // its result
            }
            if (isIndirect) {
                AccessKind kind = isOutput ? isAtomic ? AccessKind.RMW : AccessKind.WRITE : AccessKind.READ;
                found.put(argument, kind);
            }
            argument++;
        }
        return found;
    }
}
