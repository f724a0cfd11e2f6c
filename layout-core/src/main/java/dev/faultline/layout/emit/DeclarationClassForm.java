package dev.faultline.layout.emit;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A struct as the layout in a static field that {@code Declaration} of {@code offheap-structs} makes. */
public final class DeclarationClassForm implements DeclarationForm {

    private final String head;
    private final String constant;
    private final String tag;

    /**
     * Creates a form.
     *
     * @param head the declaration up to the name of the field: {@code "public static final StructLayout"}
     * @param constant the name of the field
     * @param tag the tag that the declaration gives the struct
     */
    public DeclarationClassForm(String head, String constant, String tag) {
        this.head = Objects.requireNonNull(head);
        this.constant = Objects.requireNonNull(constant);
        this.tag = Objects.requireNonNull(tag);
    }

    @Override
    public String title() {
        return "Declaration";
    }

    @Override
    public EmittedDeclaration declare(StructLayout before, StructLayout after, long byteAlignment) {
        JavaDeclaration.checkIsStruct(after);
        boolean asks = byteAlignment > after.byteAlignment();
        long alignment = Math.max(byteAlignment, after.byteAlignment());
        long size = asks ? ByteRange.roundUp(after.byteSize(), alignment) : after.byteSize();
        String text = JavaDeclaration.statement(after, head + " " + constant, tag, size, alignment);
        List<String> notes = new ArrayList<>();
        notes.add("the text needs: import dev.faultline.layout.StructLayout; and "
                + "import dev.faultline.offheap.declare.Declaration;");
        if (text.contains("private static final StructLayout ") && !text.startsWith(head)) {
            notes.add("it declares embedded structs again: leave out those that the class has");
        }
        if (asks) {
            notes.add("views must start at a multiple of " + alignment + ": allocate blocks with that alignment");
        }
        if (size != before.byteSize()) {
            notes.add(constant + ".byteSize() is " + size + ", was " + before.byteSize()
                    + ": memory that is allocated or mapped by a number must follow");
        }
        notes.addAll(MovedFields.notes(before, after));
        return new EmittedDeclaration(text, notes);
    }
}
