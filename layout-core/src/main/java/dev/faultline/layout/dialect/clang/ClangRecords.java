package dev.faultline.layout.dialect.clang;

import dev.faultline.input.InputException;
import dev.faultline.layout.paste.PrintedLine;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The records that clang printed, found by their lines; a record printed several times counts once. */
public final class ClangRecords {

    private static final String HEAD = "*** Dumping";
    private static final String SIMPLE = "Layout: <ASTRecordLayout";
    private static final int DEEPEST = 60;
    private static final Pattern FIGURE = Pattern.compile("([a-z]{1,20})=(\\d{1,12})");

    private final String source;
    private final Set<String> printed = new HashSet<>();
    private final Deque<ClangMember> open = new ArrayDeque<>();
    private final StringBuilder words = new StringBuilder();
    private StringBuilder figures;
    private boolean isCut;
    private Optional<InputException> damage = Optional.empty();

    public final List<ClangRecord> found = new ArrayList<>();
    public final List<SkippedDeclaration> skipped = new ArrayList<>();
    private boolean isSimple;

    private ClangRecords(String source) {
        this.source = source;
    }

    /** {@return the records of a text} */
    public static ClangRecords of(String source, String text) {
        ClangRecords records = new ClangRecords(source);
        for (PrintedLine line : PrintedLine.of(text)) {
            records.line(line);
        }
        records.end();
        return records;
    }

    /** {@return whether the text has clang's short form, which states offsets without names} */
    public boolean isSimple() {
        return isSimple && found.isEmpty() && skipped.isEmpty();
    }

    private void line(PrintedLine line) {
        isSimple |= line.text().startsWith(SIMPLE);
        if (line.text().startsWith(HEAD)) {
            end();
            return;
        }
        Optional<ClangLine> parsed = ClangLine.of(line.text());
        if (parsed.isEmpty()) {
            isCut |= !open.isEmpty() && line.isCut();
            return;
        }
        ClangLine part = parsed.get();
        if (part.byteOffset().isEmpty()) {
            figures(part.content(), line.number());
        } else if (part.depth() == 0) {
            first(part, line.number());
        } else if (!open.isEmpty()) {
            member(part, line);
        }
    }

    /** Opens a record; a member that stands where a record should has lost the spaces in front of it. */
    private void first(ClangLine part, int line) {
        boolean isMember = open.size() == 1 && open.peek().members().isEmpty();
        if (isMember) {
            damage(line, "expected 3 or more spaces behind the bar, found fewer: the indentation is lost");
            return;
        }
        end();
        if (part.byteOffset().getAsLong() == 0) {
            open.push(ClangMember.of(line, part));
            words.append(part.content());
        }
    }

    private void member(ClangLine part, PrintedLine line) {
        words.append('\n').append(line.text());
        if (part.depth() > open.size() || part.depth() > DEEPEST) {
            damage(
                    line.number(),
                    "expected an indentation of at most " + 2 * Math.min(open.size(), DEEPEST)
                            + " spaces behind the bar, found " + 2 * part.depth());
            return;
        }
        while (open.size() > part.depth()) {
            open.pop();
        }
        ClangMember member = ClangMember.of(line.number(), part);
        open.peek().members().add(member);
        open.push(member);
    }

    private void damage(int line, String problem) {
        if (damage.isEmpty()) {
            damage = Optional.of(new InputException(source, "line " + line, problem));
        }
    }

    private void figures(String content, int line) {
        if (content.startsWith("[sizeof=")) {
            figures = new StringBuilder();
        }
        if (figures == null || open.isEmpty()) {
            return;
        }
        figures.append(content);
        if (content.contains("]")) {
            close();
        } else if (figures.length() > 400) {
            damage(line, "expected `]` behind the sizes of a record");
            end();
        }
    }

    private void close() {
        Map<String, Long> stated = new HashMap<>();
        Matcher figure = FIGURE.matcher(figures);
        while (figure.find()) {
            stated.put(figure.group(1), Long.parseLong(figure.group(2)));
        }
        ClangMember root = open.peekLast();
        if (damage.isEmpty() && !stated.containsKey("sizeof")) {
            damage(root.line(), "expected `[sizeof=` and a number of bytes");
        }
        boolean isFirst = printed.add(words.append('\n').append(figures).toString());
        if (damage.isPresent()) {
            skip(root, damage.get());
        } else if (isFirst) {
            found.add(new ClangRecord(root, Map.copyOf(stated), isCut));
        }
        clear();
    }

    /** Ends a record whose last line did not come. */
    private void end() {
        if (!open.isEmpty() && (damage.isPresent() || !open.peekLast().members().isEmpty())) {
            ClangMember root = open.peekLast();
            skip(
                    root,
                    damage.orElseGet(() -> new InputException(
                            source,
                            "line " + root.line(),
                            root.content().type() + " ends without `[sizeof=`: its size is not known; keep the lines"
                                    + " up to `]`")));
        }
        clear();
    }

    private void skip(ClangMember root, InputException reason) {
        skipped.add(new SkippedDeclaration(root.content().type(), root.line(), reason));
    }

    private void clear() {
        open.clear();
        words.setLength(0);
        figures = null;
        isCut = false;
        damage = Optional.empty();
    }
}
