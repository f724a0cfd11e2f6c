package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.RuledType;
import dev.faultline.layout.debugger.DebuggerText;
import dev.faultline.layout.debugger.UnreadableStruct;
import dev.faultline.layout.paste.PastedText;
import dev.faultline.layout.syntax.Parser;
import dev.faultline.layout.syntax.SkippedDeclaration;
import dev.faultline.layout.syntax.SyntaxTree;
import dev.faultline.layout.token.ConstantScope;
import dev.faultline.layout.token.Token;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads layouts from pahole's dialect of C, also when quoted in a mail with text around it.
 *
 * <p>A struct whose members have offset comments is laid out by the comments, whatever the order of declaration. A
 * struct without such comments is laid out by the System V ABI. The members of an embedded struct are known when the
 * same text declares it with the size that the comment states; otherwise only its name and size are.
 */
public final class NotationReader {

    /** Most levels of structs, declared in place or by tag. */
    private static final int DEEPEST = 65;

    /** Most members of all layouts of a text; those of an embedded struct count each time it is embedded. */
    private static final long MOST_FIELDS = 1 << 21;

    private static final Pattern PAHOLE_SIZES =
            Pattern.compile("\\A\\s{0,80}[^\\s]{1,200}\\t\\d{1,10}\\t\\d{1,10}[ \\r]*$", Pattern.MULTILINE);

    private final String source;
    private final Parser parser;
    private final DeclarationTable table;
    private final Map<SyntaxTree.Aggregate, StructLayout> done = new IdentityHashMap<>();
    private final Map<SyntaxTree.Aggregate, InputException> broken = new IdentityHashMap<>();
    private final Map<SyntaxTree.Aggregate, Boolean> underWay = new IdentityHashMap<>();
    private final PlacedLayouts placed = new PlacedLayouts(this);
    private final RuledLayouts ruled = new RuledLayouts(this);
    private int depth;
    private long fields;

    private NotationReader(String source, Parser parser) {
        this.source = source;
        this.parser = parser;
        this.table = new DeclarationTable(parser);
    }

    /**
     * Reads every struct, union and class of a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return the layouts in order, at least one
     * @throws InputException when there is none or the text is inconsistent; names line and column
     */
    public static List<StructLayout> read(String source, String text) {
        TextLayouts read = readAll(source, text);
        for (SkippedDeclaration skipped : read.skipped()) {
            throw skipped.reason();
        }
        return read.layouts();
    }

    /**
     * Reads every struct, union and class of a text that can be read.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return the layouts in order, and the declarations that were skipped
     * @throws InputException when the text declares none; the reason of the first when none can be read
     */
    public static TextLayouts readAll(String source, String text) {
        PastedText pasted = PastedText.of(text);
        DebuggerText debugged = DebuggerText.of(source, pasted.text());
        Parser parser = new Parser(source, debugged.text());
        NotationReader reader = new NotationReader(source, parser);
        parser.parse(reader::typeSoFar);
        List<SkippedDeclaration> skipped = new ArrayList<>(parser.skipped());
        for (UnreadableStruct one : debugged.unreadable()) {
            skipped.add(new SkippedDeclaration(one.name(), one.line(), one.reason()));
        }
        if (parser.aggregates().isEmpty() && skipped.isEmpty()) {
            skipped.addAll(parser.prose());
        }
        if (parser.aggregates().isEmpty() && skipped.isEmpty()) {
            throw new InputException(source, "", nothing(pasted));
        }
        List<StructLayout> layouts = reader.layouts(skipped);
        List<String> notes = new ArrayList<>(pasted.notes());
        notes.addAll(debugged.notes());
        notes.addAll(reader.notes(layouts));
        return new TextLayouts(layouts, skipped, notes, parser.otherNames());
    }

    /** {@return the layouts of all declarations, at least one; adds those that have none to the skipped ones} */
    private List<StructLayout> layouts(List<SkippedDeclaration> skipped) {
        table.update();
        List<StructLayout> layouts = new ArrayList<>();
        for (SyntaxTree.Aggregate aggregate : parser.aggregates()) {
            try {
                layouts.add(top(aggregate));
            } catch (InputException refused) {
                if (fields > MOST_FIELDS) {
                    throw refused;
                }
                skipped.add(new SkippedDeclaration(
                        aggregate.spelling(), aggregate.token().line(), refused));
            }
        }
        if (layouts.isEmpty()) {
            throw skipped.get(0).reason();
        }
        return layouts;
    }

    /** {@return the type of a declaration, by what is declared before it; null when that is not known} */
    private RuledType typeSoFar(SyntaxTree.Member member) {
        table.update();
        try {
            return ruled.type(member);
        } catch (InputException unknown) {
            return null;
        }
    }

    StructLayout top(SyntaxTree.Aggregate aggregate) {
        StructLayout known = done.get(aggregate);
        if (known != null) {
            return known;
        }
        if (broken.containsKey(aggregate)) {
            throw broken.get(aggregate);
        }
        if (underWay.put(aggregate, true) != null) {
            throw error(aggregate.token(), aggregate.spelling() + " contains itself");
        }
        try {
            if (!aggregate.isPlaced()) {
                requireWhole(aggregate);
            }
            StructLayout layout = guarded(
                    aggregate,
                    () -> aggregate.isPlaced()
                            ? placed.layout(aggregate, 0, table.statedByteSize(aggregate))
                            : ruled.layout(aggregate));
            done.put(aggregate, layout);
            return layout;
        } catch (InputException refused) {
            broken.put(aggregate, refused);
            throw refused;
        } finally {
            underWay.remove(aggregate);
        }
    }

    /** {@return why a text declares nothing} */
    private static String nothing(PastedText pasted) {
        if (PAHOLE_SIZES.matcher(pasted.text()).find()) {
            return "names with sizes and numbers of holes, as pahole --sizes prints them, have no members;"
                    + " run pahole without --sizes";
        }
        String notes = pasted.notes().isEmpty() ? "" : " (" + String.join("; ", pasted.notes()) + ")";
        return "no struct, union or class in this text" + notes
                + "; expected pahole's output, C declarations or JOL's rows";
    }

    private void requireWhole(SyntaxTree.Aggregate aggregate) {
        aggregate.firstCut().ifPresent(cut -> {
            throw error(
                    cut,
                    "lines of " + aggregate.spelling() + " are cut out here, so the offsets of its members are not"
                            + " known; add offset comments or the missing lines");
        });
    }

    interface Making {
        StructLayout make();
    }

    /** Turns what {@link StructLayout} refuses into an error at the line of the declaration. */
    StructLayout guarded(SyntaxTree.Aggregate aggregate, Making making) {
        if (++depth > DEEPEST) {
            throw error(aggregate.token(), aggregate.spelling() + " nests deeper than " + DEEPEST + " structs");
        }
        try {
            StructLayout layout = making.make();
            count(aggregate, layout);
            return layout;
        } catch (IllegalArgumentException broken) {
            throw error(aggregate.token(), broken.getMessage());
        } catch (ArithmeticException overflow) {
            throw error(
                    aggregate.token(),
                    aggregate.spelling() + " is larger than the limit of " + StructLayout.MOST_BYTES + " bytes");
        } finally {
            depth--;
        }
    }

    /** Counts members, those without bytes included: they make no slots but take time. */
    private void count(SyntaxTree.Aggregate aggregate, StructLayout layout) {
        fields += Math.max(layout.memberCount(), layout.slots().size());
        if (fields > MOST_FIELDS) {
            throw error(
                    aggregate.token(),
                    "more than " + MOST_FIELDS + " fields in one text, embedded ones included; keep only the"
                            + " structs you need");
        }
    }

    private List<String> notes(List<StructLayout> layouts) {
        boolean computed =
                layouts.stream().anyMatch(layout -> layout.provenance().origin() == Provenance.Origin.ABI_MODEL);
        return !computed || scope().assumptions().isEmpty()
                ? List.of()
                : List.of("computed offsets assume that " + String.join(", ", scope().assumptions()));
    }

    /** {@return the layout of the first struct that fits the type of a member, also one declared inside another} */
    Optional<StructLayout> declared(SyntaxTree.Member member, String spelling) {
        return table.first(member, spelling).map(this::top);
    }

    /** {@return the declarations of the text} */
    DeclarationTable table() {
        return table;
    }

    /** {@return what the names of the text mean} */
    ConstantScope scope() {
        return parser.scope();
    }

    Provenance provenance(Provenance.Origin origin, SyntaxTree.Aggregate aggregate) {
        String rules = origin == Provenance.Origin.ABI_MODEL ? "ABI model x86-64 System V" : "";
        return new Provenance(
                origin, source, rules, OptionalInt.of(aggregate.token().line()));
    }

    InputException error(Token token, String problem) {
        return InputException.at(source, token.line(), token.column(), problem);
    }
}
