package dev.faultline.layout.syntax;

import dev.faultline.layout.SyncType;
import dev.faultline.layout.token.Lexer;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what the comments in a body state: sizes, holes, typedefs, and where lines are cut out. */
final class BodyComments {

    private static final String TYPEDEF = "typedef ";

    /** Most names of a chain of typedefs. */
    private static final int MOST_NAMES = 64;

    private static final Pattern HOLE = Pattern.compile("XXX \\d{1,10} (byte|bit)s? hole\\b.*", Pattern.DOTALL);
    private static final Pattern MEMBERS = Pattern.compile("size: .{0,80}?\\bmembers: (\\d{1,8})\\b.*", Pattern.DOTALL);

    private final TokenCursor in;
    private final List<SyntaxTree.Mark> cuts = new ArrayList<>();
    private final Set<Integer> holes = new HashSet<>();
    private final Set<Integer> bitHoles = new HashSet<>();
    private OptionalLong byteSize = OptionalLong.empty();
    private int memberCount;
    private boolean hasPadding;
    private String typedef = "";

    BodyComments(TokenCursor in) {
        this.in = in;
    }

    /** Takes a comment that is not behind a member. */
    void take(Token comment, int members) {
        String text = comment.text();
        OptionalLong stated = OffsetComments.size(in, comment);
        if (stated.isPresent()) {
            byteSize = stated;
            Matcher matcher = MEMBERS.matcher(text);
            memberCount = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        } else if (text.startsWith(TYPEDEF)) {
            typedef = text.substring(TYPEDEF.length());
        } else if (text.startsWith("bit_padding: ")) {
            bitHoles.add(members);
        } else if (text.startsWith("padding: ")) {
            hasPadding = true;
        } else if (text.startsWith("XXX ")) {
            Matcher matcher = HOLE.matcher(text);
            if (matcher.matches()) {
                (matcher.group(1).equals("bit") ? bitHoles : holes).add(members);
            }
        } else if (text.startsWith(Lexer.CUT) || text.startsWith("\u2026")) {
            cut(comment, members);
        }
    }

    /** Takes a mark that stands for lines that were cut out. */
    void cut(Token mark, int members) {
        cuts.add(new SyntaxTree.Mark(members, mark));
    }

    /** {@return members whose types are spelled by the typedef that the comment before them names} */
    List<SyntaxTree.Member> spelled(List<SyntaxTree.Member> members) {
        String name = typedef.isEmpty() ? "" : name();
        typedef = "";
        return name.isEmpty()
                ? members
                : members.stream().map(member -> member.spelled(name)).toList();
    }

    /** {@return the first name of a chain of typedefs; the one that synchronises when only a later one does} */
    private String name() {
        String[] chain = typedef.split(" -> ", MOST_NAMES);
        for (String name : chain) {
            if (SyncType.ofSpelling(name.strip()).isPresent()) {
                return name.strip();
            }
        }
        String first = chain[0].strip();
        return first.length() > Parser.LONGEST_TYPE || first.isEmpty() || !isName(first) ? "" : first;
    }

    private static boolean isName(String text) {
        return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == ':' || c == '$');
    }

    OptionalLong byteSize() {
        return byteSize;
    }

    SyntaxTree.Remarks remarks() {
        boolean none = memberCount == 0 && cuts.isEmpty() && holes.isEmpty() && bitHoles.isEmpty() && !hasPadding;
        return none
                ? SyntaxTree.Remarks.NONE
                : new SyntaxTree.Remarks(
                        memberCount, List.copyOf(cuts), Set.copyOf(holes), Set.copyOf(bitHoles), hasPadding);
    }
}
