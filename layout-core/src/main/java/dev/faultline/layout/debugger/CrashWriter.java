package dev.faultline.layout.debugger;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.abi.BasicTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes structs that crash prints in pahole's notation. crash prints no sizes: a type whose size is not known counts
 * up to the next member. Offsets of members in a named struct are those of members of the same name outside, so that
 * its inside is not shown; nor are bit-fields, whose bits crash does not print.
 */
final class CrashWriter {

    private static final String INDENT = "    ";
    private static final int POINTER_BYTES = 8;

    /** Kernel addresses are larger, offsets smaller. */
    private static final long LEAST_ADDRESS = 1L << 32;

    private static final Pattern DECLARATION = Pattern.compile("(.*?)\\s?(\\**)([A-Za-z_]\\w*)((?:\\[\\d{0,9}])*);");
    private static final Pattern DIMENSION = Pattern.compile("\\[(\\d{0,9})]");
    private static final Pattern BITS = Pattern.compile(".*[^:]:\\s{0,9}\\d{1,4}\\s{0,9};");

    private final DebuggerLines lines;
    private final Map<String, Long> byteSizes;
    private final long origin;
    private int guessed;

    private CrashWriter(DebuggerLines lines, Map<String, Long> byteSizes, long origin) {
        this.lines = lines;
        this.byteSizes = byteSizes;
        this.origin = origin;
    }

    /** Writes structs to their lines; adds to the lists those that cannot be read, and what users should know. */
    static void write(
            String source,
            DebuggerLines lines,
            List<FrontNode> structs,
            List<UnreadableStruct> unreadable,
            List<String> notes) {
        Map<String, Long> byteSizes = new HashMap<>();
        structs.forEach(root -> byteSizes.putIfAbsent(root.head, root.byteSize.orElseThrow()));
        int guessed = 0;
        for (FrontNode root : structs) {
            for (int line = root.line; line <= root.closingLine + 1; line++) {
                lines.set(line, "");
            }
            OptionalLong first = start(root);
            boolean isRead = first.isPresent() && isComplete(root);
            if (!isRead) {
                unreadable.add(new UnreadableStruct(
                        root.head,
                        root.line + 1,
                        InputException.at(source, root.line + 1, 1, "crash prints no offsets of some members")));
                continue;
            }
            long origin = first.getAsLong() < 0 || first.getAsLong() >= LEAST_ADDRESS ? first.getAsLong() : 0;
            CrashWriter writer = new CrashWriter(lines, byteSizes, origin);
            lines.set(root.line, root.head + " {");
            long byteSize = root.byteSize.orElseThrow();
            writer.members(root, byteSize);
            lines.set(root.closingLine, "/* size: " + byteSize + " */ };");
            guessed += writer.guessed;
        }
        if (guessed > 0) {
            notes.add("crash prints no sizes: " + guessed + (guessed == 1 ? " member counts" : " members count")
                    + " up to the next member");
        }
    }

    /** {@return whether all members have offsets, other than those of named structs} */
    private static boolean isComplete(FrontNode node) {
        return node.children.stream()
                .allMatch(child -> isNamed(child) || start(child).isPresent() && isComplete(child));
    }

    private static boolean isNamed(FrontNode node) {
        return node.hasBody() && !node.tail.equals(";") && node.closingPlace.isPresent();
    }

    /** {@return the offset of a member; of an anonymous struct that of its first member} */
    private static OptionalLong start(FrontNode node) {
        OptionalLong own = node.place.isPresent() ? node.place.get().byteOffset() : OptionalLong.empty();
        if (!node.hasBody() || isNamed(node)) {
            return node.hasBody() ? node.closingPlace : own;
        }
        OptionalLong least = own;
        for (FrontNode child : node.children) {
            OptionalLong start = start(child);
            if (start.isPresent() && (least.isEmpty() || start.getAsLong() < least.getAsLong())) {
                least = start;
            }
        }
        return least;
    }

    /** Writes the members of a body that ends at an offset in bytes. */
    private void members(FrontNode node, long end) {
        boolean isUnion = node.isUnion();
        long next = end;
        long[] ends = new long[node.children.size()];
        for (int i = ends.length - 1; i >= 0; i--) {
            ends[i] = isUnion ? end : next;
            long start = offset(node.children.get(i));
            boolean sharesOffset = i > 0 && offset(node.children.get(i - 1)) == start;
            next = sharesOffset && BITS.matcher(node.children.get(i).head).matches() ? next : Math.min(next, start);
        }
        long hiddenTo = -1;
        for (int i = 0; i < ends.length; i++) {
            FrontNode child = node.children.get(i);
            long offset = offset(child);
            if (child.hasBody()) {
                struct(child, offset, ends[i]);
            } else if (BITS.matcher(child.head).matches()) {
                boolean isShown = offset < hiddenTo || ends[i] <= offset;
                lines.set(child.line, isShown ? "" : HiddenBases.notShown(offset, ends[i]));
                hiddenTo = Math.max(hiddenTo, isUnion ? -1 : ends[i]);
            } else {
                lines.set(
                        child.line,
                        INDENT + child.head + " /* " + offset + " " + byteSize(child.head, ends[i] - offset) + " */");
            }
        }
    }

    private long offset(FrontNode node) {
        return start(node).orElseThrow() - origin;
    }

    private void struct(FrontNode node, long offset, long end) {
        lines.set(node.line, INDENT + node.head + " {");
        String hidden = "";
        if (isNamed(node)) {
            long count = Math.max(1, elements(node.tail));
            long elementBytes = (end - offset) / count;
            hidden = elementBytes > 0 ? HiddenBases.notShown(offset, offset + elementBytes) : "";
            lines.set(
                    node.closingLine,
                    INDENT + hidden + "} " + node.tail + " /* " + offset + " " + elementBytes * count + " */");
            guessed++;
        } else {
            members(node, end);
            lines.set(node.closingLine, INDENT + "}; /* " + offset + " " + (end - offset) + " */");
        }
    }

    private static long elements(String declarator) {
        long count = 1;
        for (Matcher found = DIMENSION.matcher(declarator); found.find(); ) {
            long dimension = found.group(1).isEmpty() ? 0 : Long.parseLong(found.group(1));
            count = Math.min(count * dimension, Integer.MAX_VALUE);
        }
        return count;
    }

    /** {@return the size of a member that ends at the latest after some bytes} */
    private long byteSize(String declaration, long most) {
        Matcher parts = DECLARATION.matcher(declaration);
        boolean isPlain = parts.matches();
        if (!isPlain && declaration.contains("(*")) {
            int dimensions = declaration.indexOf(')');
            return POINTER_BYTES * elements(declaration.substring(0, Math.max(0, dimensions)));
        }
        long count = isPlain ? elements(parts.group(4)) : 1;
        OptionalLong known = isPlain ? byteSize(parts.group(1), parts.group(2)) : OptionalLong.empty();
        boolean isAlignment = known.isPresent() && most - known.getAsLong() * count < POINTER_BYTES;
        if (known.isPresent() && (isAlignment || isCertain(parts.group(1), parts.group(2)))) {
            return known.getAsLong() * count;
        }
        guessed += count == 0 ? 0 : 1;
        return count == 0 ? 0 : most - most % count;
    }

    private OptionalLong byteSize(String type, String stars) {
        if (!stars.isEmpty()) {
            return OptionalLong.of(POINTER_BYTES);
        }
        Long declared = byteSizes.get(type.strip());
        return declared != null
                ? OptionalLong.of(declared)
                : BasicTypes.of(type)
                        .map(FieldType::byteSize)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty());
    }

    /** {@return whether a type has its size in every configuration of a kernel, unlike a lock} */
    private static boolean isCertain(String type, String stars) {
        return !stars.isEmpty() || !type.contains("lock") && !type.contains("seqcount") && !type.startsWith("enum");
    }
}
