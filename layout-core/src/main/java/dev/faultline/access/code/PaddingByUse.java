package dev.faultline.access.code;

import dev.faultline.api.Internal;
import dev.faultline.layout.NameSeries;
import dev.faultline.layout.PaddingName;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds padding by its use: primitive fields that no code touches and whose shape says that they are there to keep
 * others apart.
 *
 * <p>No use alone is not enough: a field may be read by reflection, or be left over. So the fields of a run, which lie
 * side by side in the object, superclasses' included, are padding only in one of these shapes:
 *
 * <ul>
 *   <li>at least {@value #LONG_SERIES} of one type whose names count ({@code p1, p2}, {@code b000}); beside fields that
 *       are used, or in a class that declares nothing else;
 *   <li>fewer with such names, in a run of at least {@value #SHORTEST_RUN} bytes, in a class that declares nothing else
 *       or beside fields that threads share;
 *   <li>at least {@value #WIDE_RUN} bytes of one type with other names, in a class that declares nothing else and whose
 *       subclasses or superclasses have fields that threads share.
 * </ul>
 *
 * <p>A lone field without a counter in its name is never padding, even when padding surrounds it: a cursor that this
 * code does not use yet looks the same. A field whose name is a word for padding is padding when no code touches it.
 */
@Internal
public final class PaddingByUse {

    private static final int LONG_SERIES = 6;
    private static final int SHORTEST_RUN = 16;
    private static final int WIDE_RUN = 48;

    private final ClassUses uses;
    private final StructLayout layout;
    private final Map<String, CodeField> fields = new HashMap<>();
    private final Set<String> padding = new HashSet<>();

    private PaddingByUse(ClassUses uses, Map<CodeField, String> paths, StructLayout layout) {
        this.uses = uses;
        this.layout = layout;
        paths.forEach((field, path) -> fields.put(path, field));
    }

    /**
     * Finds the padding of a class.
     *
     * @param index the code that was read
     * @param hierarchy the class and its superclasses, the root first
     * @param paths for each field its path in the layout
     * @param layout the layout, with padding by names
     * @return paths of the fields that are padding; empty when the code says nothing about them, and names decide
     */
    public static Optional<Set<String>> of(
            CodeIndex index, List<String> hierarchy, Map<CodeField, String> paths, StructLayout layout) {
        if (hierarchy.stream().noneMatch(name -> index.of(name).isPresent())) {
            return Optional.empty();
        }
        PaddingByUse search = new PaddingByUse(new ClassUses(index, hierarchy), paths, layout);
        search.byName();
        List<List<FieldRun.Item>> runs = search.runs();
        if (search.isKeptApart(runs)) {
            runs.forEach(search::bySeries);
            runs.forEach(search::beside);
        }
        return Optional.of(search.padding);
    }

    /** Of classes without code names and shape decide; elsewhere words for padding, unless code uses the field. */
    private void byName() {
        for (Slot.Field field : layout.fields()) {
            CodeField declared = fields.get(field.path());
            boolean isPadding = declared == null || !uses.isRead(declared.type())
                    ? field.isPadding()
                    : PaddingName.isOne(declared.name()) && uses.isIdle(declared) && !uses.isNamed(declared);
            if (isPadding) {
                padding.add(field.path());
            }
        }
    }

    /** {@return the fields that may be padding, in runs that no other field interrupts} */
    private List<List<FieldRun.Item>> runs() {
        List<List<FieldRun.Item>> runs = new ArrayList<>();
        List<FieldRun.Item> run = new ArrayList<>();
        for (Slot.Field slot : layout.fields()) {
            CodeField field = fields.get(slot.path());
            Optional<DeclaredField> declared = field == null ? Optional.empty() : uses.candidate(field);
            if (declared.isPresent()) {
                run.add(new FieldRun.Item(slot, field, declared.get()));
            } else if (!run.isEmpty()) {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    /** Whether there is anything to keep apart: other fields than those whose names count, or those of subclasses. */
    private boolean isKeptApart(List<List<FieldRun.Item>> runs) {
        int counted = runs.stream()
                .flatMap(run -> FieldRun.series(run).stream())
                .filter(series -> series.stem().isPresent() && series.size() > 1)
                .mapToInt(FieldRun::size)
                .sum();
        return counted < fields.size() || uses.isExtended();
    }

    private void bySeries(List<FieldRun.Item> run) {
        List<FieldRun> series = FieldRun.series(run);
        long counted = series.stream()
                .filter(one -> one.stem().isPresent())
                .mapToLong(FieldRun::byteSize)
                .sum();
        for (FieldRun one : series) {
            if (one.stem().isPresent() ? isPadding(one, counted) : isWide(one)) {
                one.items().forEach(item -> padding.add(item.path()));
            }
        }
    }

    /** Whether a series whose names count is padding. */
    private boolean isPadding(FieldRun series, long runBytes) {
        boolean isLayer = series.items().stream().allMatch(item -> uses.isLayer(item.field()));
        if (runBytes < SHORTEST_RUN || series.isOfWords() && !uses.anyShared()) {
            return false;
        }
        if (series.any(DeclaredField.Trait.VOLATILE)) {
            return isLayer && series.size() >= LONG_SERIES && uses.anyUsed();
        }
        if (series.size() >= LONG_SERIES) {
            return uses.anyShared() || !series.isFloating() && (uses.anyUsed() || isLayer && isForSubclasses(series));
        }
        boolean isUntouched = series.items().stream().allMatch(item -> uses.isUntouched(item.field()));
        if (!isUntouched || series.isFloating() || series.isOfLetters()) {
            return false;
        }
        return isLayer
                ? uses.anyUsed() || uses.anyShared()
                : uses.anyShared() && !series.isVisible() && (series.size() > 2 || series.hasShortStem());
    }

    /** Whether nothing but the class itself suggests that its fields are data: they are there for its subclasses. */
    private boolean isForSubclasses(FieldRun series) {
        return series.items().stream()
                        .noneMatch(item -> uses.isLeaf(item.field().type()))
                || uses.isExtended();
    }

    /** Whether a series of other names is padding. */
    private boolean isWide(FieldRun series) {
        return series.byteSize() >= WIDE_RUN
                && !series.isVisible()
                && uses.anyShared()
                && series.items().stream()
                        .allMatch(item -> uses.isLayer(item.field())
                                && uses.isUntouched(item.field())
                                && !item.is(DeclaredField.Trait.VOLATILE));
    }

    /** A lone field with a counter in its name belongs to the padding beside it. */
    private void beside(List<FieldRun.Item> run) {
        for (int i = 0; i < run.size(); i++) {
            FieldRun.Item item = run.get(i);
            boolean besidePadding = i > 0 && padding.contains(run.get(i - 1).path())
                    || i + 1 < run.size() && padding.contains(run.get(i + 1).path());
            if (besidePadding
                    && FieldRun.isShortStem(NameSeries.stem(item.field().name()))
                    && !item.is(DeclaredField.Trait.VOLATILE)
                    && uses.isLayer(item.field())) {
                padding.add(item.path());
            }
        }
    }
}
