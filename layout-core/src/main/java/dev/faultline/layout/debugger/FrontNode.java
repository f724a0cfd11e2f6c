package dev.faultline.layout.debugger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A member as a debugger prints it, or a struct with its members. */
final class FrontNode {

    /** The first of its lines, from 0. */
    final int line;

    /** The declaration; for a struct with a body the part before its brace. */
    final String head;

    final Optional<FrontPlace> place;

    /** The members of a body, and its comments. */
    final List<FrontNode> children = new ArrayList<>();

    /** The line of the closing brace; -1 for a member without a body. */
    int closingLine = -1;

    /** What stands behind the closing brace. */
    String tail = "";

    /** Whether it has `public:` or another label; gdb prints one in a struct that has a pointer to a table. */
    boolean hasLabel;

    OptionalLong byteSize = OptionalLong.empty();

    /** The offset in front of the closing brace, which only crash prints. */
    OptionalLong closingPlace = OptionalLong.empty();

    FrontNode(int line, String head, Optional<FrontPlace> place) {
        this.line = line;
        this.head = head;
        this.place = place;
    }

    boolean hasBody() {
        return closingLine >= 0;
    }

    boolean isUnion() {
        return DebuggerHead.of(head).keyword().equals("union");
    }

    /** {@return the members that have a place} */
    List<FrontNode> members() {
        return children.stream().filter(child -> child.place.isPresent()).toList();
    }
}
