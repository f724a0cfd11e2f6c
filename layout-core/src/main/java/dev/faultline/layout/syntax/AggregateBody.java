package dev.faultline.layout.syntax;

import dev.faultline.input.InputException;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What was found in the body of a class so far. */
final class AggregateBody {

    private final String tag;
    private final Scope scope;
    private final BodyComments comments;
    private final List<SyntaxTree.Member> members = new ArrayList<>();
    private Optional<InputException> needsOffsets = Optional.empty();

    AggregateBody(TokenCursor in, String tag, Optional<Scope> outer) {
        this.comments = new BodyComments(in);
        this.tag = tag;
        this.scope = new Scope(tag, outer);
    }

    /** {@return the tag of the class, empty when it has none} */
    String tag() {
        return tag;
    }

    /** {@return the names that the class declares for its members} */
    Scope scope() {
        return scope;
    }

    /** {@return what the comments in the body state} */
    BodyComments comments() {
        return comments;
    }

    /** Takes a comment that is not behind a member. */
    void comment(Token comment) {
        comments.take(comment, members.size());
        NotShownComment.read(comment).ifPresent(members::add);
    }

    /** Takes a mark that stands for lines that were cut out. */
    void cut(Token mark) {
        comments.cut(mark, members.size());
    }

    void add(SyntaxTree.Member member) {
        addAll(List.of(member));
    }

    void addAll(List<SyntaxTree.Member> others) {
        members.addAll(comments.spelled(others));
    }

    /** Adds a base class at an unknown place when the head of the class has one and the body shows none. */
    void requireBase(Token head) {
        if (members.stream().noneMatch(member -> member.role() == MemberRole.BASE_CLASS)) {
            members.add(BaseClass.unplaced(Optional.of(scope), head));
        }
    }

    /** Adds a base class at an unknown place, for a virtual one that a base class has. */
    void noteVirtualBase(Token constructor) {
        if (members.stream().noneMatch(member -> member.role() == MemberRole.BASE_CLASS && !member.isPlaceable())) {
            members.add(BaseClass.unplaced(Optional.of(scope), constructor));
        }
    }

    /**
     * {@return the members; pahole prints a type without a tag once more than the member that it declares, with {@code
     * -E} under the name of the member around it}
     */
    List<SyntaxTree.Member> members() {
        Set<List<String>> placed = placed();
        return members.stream().filter(member -> isMember(member, placed)).toList();
    }

    /** {@return what stands between the members, by the indices that {@link #members} have} */
    SyntaxTree.Remarks remarks() {
        Set<List<String>> placed = placed();
        int[] indices = new int[members.size() + 1];
        for (int i = 0; i < members.size(); i++) {
            indices[i + 1] = indices[i] + (isMember(members.get(i), placed) ? 1 : 0);
        }
        return comments.remarks().at(index -> indices[index]);
    }

    private Set<List<String>> placed() {
        Set<List<String>> placed = new HashSet<>();
        for (SyntaxTree.Member member : members) {
            if (member.place().isPresent() && member.inline().isPresent()) {
                placed.add(names(member));
            }
        }
        return placed;
    }

    private static boolean isMember(SyntaxTree.Member member, Set<List<String>> placed) {
        return !isTypeOnly(member) || !placed.contains(names(member));
    }

    private static boolean isTypeOnly(SyntaxTree.Member member) {
        return member.place().isEmpty()
                && member.inline().filter(type -> type.tag().isEmpty()).isPresent();
    }

    /** {@return the names by which members of a type are used; unnamed bits are printed only where they are placed} */
    private static List<String> names(SyntaxTree.Member member) {
        return member.inline().orElseThrow().members().stream()
                .flatMap(inner -> !inner.name().isEmpty()
                        ? Stream.of(inner.name())
                        : inner.inline().isPresent() ? names(inner).stream() : Stream.empty())
                .toList();
    }

    /** Notes the first reason why C's rules do not lay out this class. */
    void needsOffsets(InputException reason) {
        needsOffsets = needsOffsets.or(() -> Optional.of(reason));
    }

    /** {@return why C's rules do not lay out this class} */
    Optional<InputException> needsOffsets() {
        return needsOffsets;
    }

    /** {@return whether a name is that of this class, so that a call of it is a constructor} */
    boolean isTag(String name) {
        int start = tag.lastIndexOf(':') + 1;
        int end = tag.indexOf('<', start);
        return tag.substring(start, end < 0 ? tag.length() : end).equals(name);
    }
}
