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
import java.util.ArrayList;
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
 * Changes a source so that it declares a struct with another layout: moves member lines with their comments, and adds
 * padding and an alignment where needed, in the style of the source. Embedded structs that the layout changes and the
 * same source declares are changed too; members may move into them.
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

    /**
     * Neighbouring members of one piece, or added padding.
     *
     * @param piece the piece, null for padding
     * @param members the members in their new order, none for padding
     * @param padding the padding, when there is no piece
     */
    private record Run(SourcePiece piece, List<Member> members, CPlan.Step padding) {
        List<String> names() {
            return members.stream().map(Member::name).toList();
        }
    }

    private SourcePatch(String file, String text, StructLayout before, StructLayout after) {
        this.file = file;
        this.source = new SourceText(text);
        this.before = before;
        this.types = new CTypes(after, new CNames());
    }

    /**
     * Makes a diff of a source.
     *
     * @param file path of the source for the diff
     * @param text the source
     * @param before the layout that it declares
     * @param after the layout that it shall declare
     * @return a unified diff with the paths {@code a/FILE} and {@code b/FILE}, empty when nothing changes; with notes
     *     about what is left to do
     * @throws InputException when the source does not declare the struct, or its body has a part that cannot be moved;
     *     names the line
     */
    public static EmittedDeclaration of(String file, String text, StructLayout before, StructLayout after) {
        SourcePatch patch = new SourcePatch(file, text, before, after);
        String changed = patch.changed(after);
        if (changed.equals(text)) {
            patch.notes.add(file + " needs no change");
            return new EmittedDeclaration("", List.copyOf(patch.notes));
        }
        return new EmittedDeclaration(UnifiedDiff.of(file, text, changed), List.copyOf(patch.notes));
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
        Map<String, SourceText.StructRange> found = new LinkedHashMap<>();
        structs.forEach((name, one) -> found.put(name, find(name, one)));
        SourceText.StructRange own = found.get(before.name());
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
            if (member.type().innermost() instanceof FieldType.Aggregate inner) {
                if (!inner.isInline()) {
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

    private SourceText.StructRange find(String name, Changed struct) {
        List<SourceText.StructRange> found = source.declarations(name);
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
                    : ", which changes too; --whole leaves what " + before.spelling() + " embeds unchanged";
            throw new InputException(file, "", "declares no " + spelling + Nearest.hint(name, source.names()) + why);
        }
        return found.get(0);
    }

    private static boolean isInside(SourceText.StructRange inner, SourceText.StructRange outer) {
        return outer.open() < inner.start() && inner.close() < outer.close();
    }

    private void notation(SourceText.StructRange declared, StructLayout after) {
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

    /** Refuses a struct that a pragma packs: what its members need then differs from what this diff plans. */
    private void requireUnpacked(SourceText.StructRange declared) {
        PackDirectives.at(source, declared.close()).ifPresent(pack -> {
            throw new InputException(
                    file,
                    "line " + source.line(pack.start()),
                    "`#pragma pack` holds for " + before.spelling()
                            + ", and a diff does not know its effect; --emit layout"
                            + " prints the offsets to write by hand");
        });
    }

    private void reorder(Map<String, Changed> structs, Map<String, SourceText.StructRange> found) {
        found.values().forEach(this::requireUnpacked);
        Map<String, SourceBody> bodies = new LinkedHashMap<>();
        structs.forEach((name, one) -> bodies.put(name, SourceBody.of(file, source, found.get(name), one.before())));
        Map<String, CPlan> plans = new LinkedHashMap<>();
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        structs.forEach((name, one) -> {
            Map<Member, SourcePiece> pieces = pieces(one.after(), bodies.get(name), bodies);
            boolean packed = behind(found.get(name)).contains("packed");
            long alignment = CPlan.possibleAlignment(
                    one.after().byteAlignment(), one.after().byteSize());
            CPlan plan = CPlan.of(
                    one.after(),
                    alignment,
                    member -> natural(member, pieces.get(member), packed, alignment),
                    member -> false);
            plans.put(name, plan);
            runs.put(name, runs(plan, pieces, packed));
        });
        Map<SourcePiece, List<Run>> byPiece = new IdentityHashMap<>();
        runs.values()
                .forEach(ordered -> ordered.stream()
                        .filter(run -> run.piece() != null)
                        .forEach(run -> byPiece.computeIfAbsent(run.piece(), any -> new ArrayList<>())
                                .add(run)));
        Map<SourcePiece, Map<String, Long>> today = offsets(structs, bodies);
        byPiece.forEach((piece, all) -> checkShape(piece, all, today.getOrDefault(piece, Map.of())));
        structs.forEach((name, one) -> write(one, bodies.get(name), plans.get(name), runs.get(name)));
    }

    /** Joins neighbouring members of one piece; each padding is a run by itself. */
    private List<Run> runs(CPlan plan, Map<Member, SourcePiece> pieces, boolean packed) {
        List<Run> runs = new ArrayList<>();
        SourcePiece last = null;
        for (CPlan.Step step : plan.steps()) {
            SourcePiece piece = step instanceof CPlan.Placed placed ? pieces.get(placed.member()) : null;
            if (piece == null || piece != last) {
                runs.add(new Run(piece, new ArrayList<>(), step));
            }
            if (step instanceof CPlan.Placed placed) {
                runs.get(runs.size() - 1).members().add(placed.member());
                checkPacked(placed, piece, packed);
            }
            last = piece;
        }
        return runs;
    }

    private static Map<SourcePiece, Map<String, Long>> offsets(
            Map<String, Changed> structs, Map<String, SourceBody> bodies) {
        Map<SourcePiece, Map<String, Long>> offsets = new IdentityHashMap<>();
        bodies.forEach((name, body) -> {
            for (Member member : structs.get(name).before().members()) {
                SourcePiece piece = body.find(member);
                if (piece != null) {
                    offsets.computeIfAbsent(piece, any -> new HashMap<>(2))
                            .putIfAbsent(member.name(), member.byteOffset());
                }
            }
        });
        return offsets;
    }

    /** Refuses to split a piece that is not a plain list of declarators. */
    private void checkShape(SourcePiece piece, List<Run> runs, Map<String, Long> today) {
        long shifts = runs.get(0).members().stream()
                .map(member -> member.byteOffset() - today.getOrDefault(member.name(), 0L))
                .distinct()
                .count();
        if (piece.list().isEmpty() && (runs.size() > 1 || shifts > 1)) {
            throw new InputException(
                    file,
                    "line " + piece.line,
                    "declares " + String.join(", ", piece.names)
                            + " together, but the suggestion separates them; declare each by itself");
        }
    }

    private void write(Changed struct, SourceBody body, CPlan plan, List<Run> runs) {
        int paddings = (int) runs.stream().filter(run -> run.piece() == null).count();
        BodyWriter writer = new BodyWriter(source, body, struct.before(), paddings);
        for (Run run : runs) {
            SourcePiece piece = run.piece();
            if (piece == null) {
                writer.line(padding(run.padding(), struct.after(), writer.style()));
            } else if (piece.list().isEmpty() || run.names().equals(piece.names)) {
                writer.piece(piece);
            } else {
                writer.members(piece, run.names(), run.names().contains(piece.names.get(0)));
            }
        }
        edits.put(body.start(), new Edit(body.start(), body.tail(), writer.end()));
        align(struct, plan, body.declared(), writer.style());
    }

    /** {@return the piece of each member: in its own struct, or in the struct that it moves from} */
    private Map<Member, SourcePiece> pieces(StructLayout after, SourceBody body, Map<String, SourceBody> bodies) {
        Map<Member, SourcePiece> pieces = new LinkedHashMap<>();
        for (Member member : after.members()) {
            SourcePiece own = body.find(member);
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

    private long natural(Member member, SourcePiece piece, boolean packed, long alignment) {
        long asked = piece.aligned(member.name(), LINE_BYTES);
        if (asked > 1 && member.byteOffset() % asked != 0) {
            throw new InputException(
                    file,
                    "line " + piece.line,
                    "has alignment " + asked + ", but the suggestion puts it at byte " + member.byteOffset());
        }
        long own =
                packed || piece.hasOwnAttributes() && piece.isPacked(member.name()) ? 1 : types.natural(member.type());
        long inline = member.isAnonymous() ? Math.min(own, alignment) : own;
        return Math.max(asked, inline);
    }

    private void checkPacked(CPlan.Placed placed, SourcePiece piece, boolean packed) {
        if (placed.packed() && !packed && !piece.isPacked(placed.member().name())) {
            throw new InputException(
                    file,
                    "line " + piece.line,
                    String.join(", ", piece.names) + " must be packed to be at byte "
                            + placed.member().byteOffset());
        }
    }

    private static String padding(CPlan.Step step, StructLayout after, SourceStyle style) {
        if (step instanceof CPlan.PadBits bits) {
            return style.paddingBits(bits.bitSize());
        }
        CPlan.PadBytes bytes = (CPlan.PadBytes) step;
        String name = "pad_" + bytes.byteOffset();
        while (after.resolve(name).isPresent()) {
            name = "_" + name;
        }
        return style.padding(name, bytes.byteSize());
    }

    /** {@return the head of the declaration, and its end from the closing brace to the semicolon} */
    private String behind(SourceText.StructRange declared) {
        int end = source.code.indexOf(';', declared.close());
        String head = source.code.substring(declared.start(), declared.open());
        return head + source.code.substring(declared.close(), end < 0 ? source.code.length() : end);
    }

    private void align(Changed struct, CPlan plan, SourceText.StructRange declared, SourceStyle style) {
        boolean asked = behind(declared).contains("aligned");
        boolean more = struct.after().byteAlignment() > struct.before().byteAlignment();
        if (plan.structAlignment() > 1 && (more || !asked && struct.before().byteAlignment() > 16)) {
            int behind = declared.close() + 1;
            edits.put(behind, new Edit(behind, behind, style.aligned(plan.structAlignment())));
        }
        if (struct.after().byteAlignment() > 16 && !asked && !more) {
            notes.add(struct.after().spelling() + " is aligned to "
                    + struct.after().byteAlignment());
        }
    }
}
