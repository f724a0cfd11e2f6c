package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The change of a source that lays a struct out otherwise: its member lines in another order, with their comments, padding
 * and alignment where the compiler needs them, and all else as it was. Structs it embeds are changed too when the layout
 * asks for it and the same source declares them; members may move into them.
 */
public final class SourcePatch {

    private static final Pattern PLACES = Pattern.compile("/\\*\\s*\\d+(:\\s*\\d+)?\\s+\\d+\\s*\\*/");
    private static final int LINE_BYTES = 64;

    private final String file;
    private final SourceText source;
    private final StructLayout before;
    private final CTypes types;
    private final Map<Integer, Edit> edits = new TreeMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    private record Edit(int start, int end, String text) {}

    /** A struct of the source that changes. */
    private record Changed(StructLayout before, StructLayout after) {}

    private SourcePatch(String file, String text, StructLayout before, StructLayout after) {
        this.file = file;
        this.source = new SourceText(text);
        this.before = before;
        this.types = new CTypes(after, new CNames());
    }

    /**
     * Makes the diff.
     *
     * @param file path of the source, as the diff is to name it
     * @param text the source
     * @param before the layout it declares
     * @param after the layout it is to declare
     * @return a unified diff with the paths {@code a/FILE} and {@code b/FILE}, empty when nothing changes, and what it leaves
     *     to do
     * @throws InputException when the source does not declare the struct, or holds in its body what cannot be moved; names the
     *     line and what is there
     */
    public static Emitted of(String file, String text, StructLayout before, StructLayout after) {
        SourcePatch patch = new SourcePatch(file, text, before, after);
        String changed = patch.changed(after);
        if (changed.equals(text)) {
            patch.notes.add(file + " needs no change");
            return new Emitted("", List.copyOf(patch.notes));
        }
        return new Emitted(UnifiedDiff.of(file, text, changed), List.copyOf(patch.notes));
    }

    private String changed(StructLayout after) {
        Map<String, Changed> structs = new LinkedHashMap<>();
        structs.put(before.name(), new Changed(before, after));
        Map<String, StructLayout> today = new LinkedHashMap<>();
        embedded(before, today);
        Map<String, StructLayout> then = new LinkedHashMap<>();
        embedded(after, then);
        then.forEach((name, layout) -> {
            StructLayout old = today.get(name);
            if (old != null && !old.members().equals(layout.members())) {
                structs.put(name, new Changed(old, layout));
            }
        });
        Map<String, SourceText.Declared> found = new LinkedHashMap<>();
        structs.forEach((name, one) -> found.put(name, find(name, one)));
        SourceText.Declared own = found.get(before.name());
        if (PLACES.matcher(source.text.substring(own.open(), own.close())).find()) {
            structs.forEach((name, one) -> {
                if (name.equals(before.name()) || !isInside(found.get(name), own)) {
                    notation(found.get(name), one.after());
                }
            });
        } else {
            found.forEach((name, one) -> {
                if (isInside(one, own)) {
                    throw new InputException(
                            file,
                            "line " + source.line(one.start()),
                            "struct " + name + " changes too and is declared inside " + before.spelling()
                                    + "; declare it by itself, or keep it with --whole");
                }
            });
            reorder(structs, found);
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (Edit edit : edits.values()) {
            text.append(source.text, at, edit.start()).append(edit.text());
            at = edit.end();
        }
        return text.append(source.text.substring(at)).toString();
    }

    private static void embedded(StructLayout layout, Map<String, StructLayout> into) {
        for (Member member : layout.members()) {
            if (CTypes.innermost(member.type()) instanceof FieldType.Aggregate inner) {
                if (!CTypes.isInline(inner)) {
                    String plain = BasicTypes.bare(inner.spelling()).replaceFirst("^(struct|union|class) ", "");
                    String name = inner.layout().name().isEmpty()
                            ? plain
                            : inner.layout().name();
                    into.putIfAbsent(name, inner.layout());
                }
                embedded(inner.layout(), into);
            }
        }
    }

    private SourceText.Declared find(String name, Changed struct) {
        List<SourceText.Declared> found = source.declarations(name);
        String spelling = struct.before().kind().keyword() + " " + name;
        if (found.size() > 1) {
            throw new InputException(
                    file,
                    "line " + source.line(found.get(1).start()),
                    spelling + " is declared a second time, after line "
                            + source.line(found.get(0).start()));
        }
        if (found.isEmpty()) {
            String why = struct.before() == before
                    ? ""
                    : ", which changes too; --whole leaves what " + before.spelling() + " embeds as it is";
            throw new InputException(file, "", "declares no " + spelling + Nearest.hint(name, source.names()) + why);
        }
        return found.get(0);
    }

    private static boolean isInside(SourceText.Declared inner, SourceText.Declared outer) {
        return outer.open() < inner.start() && inner.close() < outer.close();
    }

    private void notation(SourceText.Declared declared, StructLayout after) {
        StringBuilder text = new StringBuilder();
        boolean opened =
                source.code.substring(declared.open() + 1, declared.close()).contains("{");
        try {
            NotationWriter.write(
                    after,
                    opened ? NotationDeclaration.style(after, LINE_BYTES) : NotationStyle.plain(LINE_BYTES),
                    text);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        int semicolon = source.code.indexOf(';', declared.close());
        int end = semicolon < 0 ? declared.close() + 1 : semicolon + 1;
        edits.put(
                declared.start(),
                new Edit(declared.start(), end, text.toString().stripTrailing()));
    }

    private void reorder(Map<String, Changed> structs, Map<String, SourceText.Declared> found) {
        Map<String, SourceBody> bodies = new LinkedHashMap<>();
        structs.forEach((name, one) -> bodies.put(name, SourceBody.of(file, source, found.get(name), one.before())));
        partWhatParts(structs, bodies);
        structs.forEach((name, one) -> body(one, bodies.get(name), bodies));
    }

    private void body(Changed struct, SourceBody body, Map<String, SourceBody> bodies) {
        boolean packed = behind(body.declared()).contains("packed");
        StructLayout after = struct.after();
        Map<Member, SourceBody.Piece> pieces = pieces(after, body, bodies);
        long alignment = CPlan.possibleAlignment(after.byteAlignment(), after.byteSize());
        CPlan plan = CPlan.of(
                after, alignment, member -> natural(member, pieces.get(member), packed, alignment), member -> false);
        int start = body.pieces.isEmpty() ? body.tail : start(body);
        StringBuilder text = new StringBuilder(source.text.charAt(start - 1) == '\n' ? "" : body.eol());
        Set<SourceBody.Piece> written = new LinkedHashSet<>();
        for (CPlan.Step step : plan.steps()) {
            if (step instanceof CPlan.Placed placed) {
                SourceBody.Piece piece = pieces.get(placed.member());
                if (written.add(piece)) {
                    text.append(piece.text());
                }
                checkPacked(placed, piece, packed);
            } else {
                text.append(body.margin()).append(padding(step, after)).append(body.eol());
            }
        }
        edits.put(start, new Edit(start, body.tail, text.toString()));
        align(struct, plan, body.declared());
    }

    private int start(SourceBody body) {
        int lineEnd = source.lineEnd(body.declared().open());
        boolean sameLine =
                !source.code.substring(body.declared().open() + 1, lineEnd).isBlank();
        return sameLine || lineEnd >= body.tail ? body.declared().open() + 1 : lineEnd + 1;
    }

    /** {@return the piece of each member in order: of its own struct, or of the one it moves in from} */
    private Map<Member, SourceBody.Piece> pieces(StructLayout after, SourceBody body, Map<String, SourceBody> bodies) {
        Map<Member, SourceBody.Piece> pieces = new LinkedHashMap<>();
        for (Member member : CPlan.inOrder(after)) {
            SourceBody.Piece own = body.find(member);
            if (own == null) {
                own = bodies.values().stream()
                        .map(other -> other.find(member))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(() -> new InputException(
                                file, "", "declares no member " + member.name() + " that could be moved"));
            }
            pieces.put(member, own);
        }
        return pieces;
    }

    /** What is declared in one piece must keep its shape; a list of names can be parted. */
    private void partWhatParts(Map<String, Changed> structs, Map<String, SourceBody> bodies) {
        Map<SourceBody.Piece, SourceBody> owners = new IdentityHashMap<>();
        Map<SourceBody.Piece, Map<String, Long>> today = new IdentityHashMap<>();
        bodies.forEach((name, body) -> {
            body.pieces.forEach(piece -> owners.put(piece, body));
            for (Member member : structs.get(name).before().members()) {
                SourceBody.Piece piece = body.find(member);
                if (piece != null) {
                    today.computeIfAbsent(piece, any -> new HashMap<>(2))
                            .putIfAbsent(member.name(), member.byteOffset());
                }
            }
        });
        Map<SourceBody.Piece, Set<String>> shifts = new LinkedHashMap<>();
        structs.forEach((name, one) -> pieces(one.after(), bodies.get(name), bodies)
                .forEach((member, piece) -> {
                    long before = today.getOrDefault(piece, Map.of()).getOrDefault(member.name(), 0L);
                    shifts.computeIfAbsent(piece, any -> new LinkedHashSet<>())
                            .add(name + " by " + (member.byteOffset() - before));
                }));
        shifts.forEach((piece, different) -> {
            if (different.size() > 1 && owners.containsKey(piece)) {
                owners.get(piece).part(piece);
            }
        });
    }

    private long natural(Member member, SourceBody.Piece piece, boolean packed, long alignment) {
        long asked = piece.aligned(LINE_BYTES);
        if (asked > 1 && member.byteOffset() % asked != 0) {
            throw new InputException(
                    file,
                    "line " + piece.line,
                    "asks for alignment " + asked + ", but byte " + member.byteOffset() + " is suggested");
        }
        boolean single = piece.names.size() == 1;
        long own = packed || single && piece.isPacked() ? 1 : types.natural(member.type());
        long inline = member.isAnonymous() ? Math.min(own, alignment) : own;
        return Math.max(asked, inline);
    }

    private void checkPacked(CPlan.Placed placed, SourceBody.Piece piece, boolean packed) {
        if (placed.packed() && !packed && !piece.isPacked()) {
            throw new InputException(
                    file,
                    "line " + piece.line,
                    String.join(", ", piece.names) + " would have to be packed to stand at byte "
                            + placed.member().byteOffset());
        }
    }

    private static String padding(CPlan.Step step, StructLayout after) {
        if (step instanceof CPlan.PadBits bits) {
            return "unsigned char :" + bits.bitSize() + ";";
        }
        CPlan.PadBytes bytes = (CPlan.PadBytes) step;
        String name = "pad_" + bytes.byteOffset();
        while (after.resolve(name).isPresent()) {
            name = "_" + name;
        }
        return "unsigned char " + name + "[" + bytes.byteSize() + "];";
    }

    /** {@return what stands behind the closing brace, up to the semicolon} */
    private String behind(SourceText.Declared declared) {
        int end = source.code.indexOf(';', declared.close());
        String head = source.code.substring(declared.start(), declared.open());
        return head + source.code.substring(declared.close(), end < 0 ? source.code.length() : end);
    }

    private void align(Changed struct, CPlan plan, SourceText.Declared declared) {
        boolean asked = behind(declared).contains("aligned");
        boolean more = struct.after().byteAlignment() > struct.before().byteAlignment();
        if (plan.structAlignment() > 1 && (more || !asked && struct.before().byteAlignment() > 16)) {
            int behind = declared.close() + 1;
            edits.put(behind, new Edit(behind, behind, " __attribute__((aligned(" + plan.structAlignment() + ")))"));
        }
        if (struct.after().byteAlignment() > 16 && !asked && !more) {
            notes.add(struct.after().spelling() + " is aligned to "
                    + struct.after().byteAlignment());
        }
    }
}
