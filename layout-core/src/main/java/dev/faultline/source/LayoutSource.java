package dev.faultline.source;

import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A source of layouts, which it finds by name.
 *
 * <p>Factories throw {@link dev.faultline.input.InputException} when the input is invalid. Damage that shows only when
 * a type is asked for is reported by that exception too, or by {@link Lookup.Missing} when it affects only one name.
 */
public interface LayoutSource {

    /**
     * A name in a source.
     *
     * @param name the argument for {@link #find}, without version
     * @param version the version, empty when the source has only one of this name
     * @param byteSize size in bytes, or -1 when it is known only after laying out
     * @param spelling keyword and name: {@code "union foo"}
     */
    record Entry(String name, String version, long byteSize, String spelling) {}

    /** {@return the name of this source for users: a file, {@code "kernel"}, {@code "catalogue"}} */
    String description();

    /** {@return every named struct, union or class, in the order of the source; names may occur more than once} */
    List<Entry> entries();

    /**
     * Finds a struct.
     *
     * @param name a name, or {@code name@version} where the source has versions; without one, the newest
     * @return the structs of that name, or why there is none
     */
    Lookup find(String name);

    /**
     * Finds a struct by its name as in the source, or as reports show it, with control characters escaped, so that
     * names copied from a report are found.
     *
     * @param name what {@link #find} takes, possibly escaped
     * @return all structs of that name, or why there is none
     */
    default Lookup findAsShown(String name) {
        Lookup exact = find(name);
        if (exact instanceof Lookup.Found || !name.contains("\\u")) {
            return exact;
        }
        List<Subject> shown = entries().stream()
                .map(Entry::name)
                .distinct()
                .filter(hidden -> VisibleText.of(hidden).equals(name) && !hidden.equals(name))
                .map(this::find)
                .flatMap(lookup -> lookup instanceof Lookup.Found found ? found.subjects().stream() : Stream.empty())
                .toList();
        return shown.isEmpty() ? exact : new Lookup.Found(shown);
    }

    /** {@return every subject in the order of {@link #entries}, without structs that cannot be laid out} */
    List<Subject> all();

    /** {@return every subject, and what could not be laid out} */
    default Inventory inventory() {
        return Inventory.of(all());
    }

    /**
     * {@return the subjects of the entries that are wanted, and which of these could not be laid out}
     *
     * @param wanted whether an entry is
     */
    default Inventory inventory(Predicate<Entry> wanted) {
        Set<String> references = new LinkedHashSet<>();
        for (Entry entry : entries()) {
            if (wanted.test(entry)) {
                references.add(entry.version().isEmpty() ? entry.name() : entry.name() + "@" + entry.version());
            }
        }
        List<Subject> subjects = new ArrayList<>();
        List<Inventory.LeftOut> leftOut = new ArrayList<>();
        for (String reference : references) {
            try {
                Lookup lookup = find(reference);
                if (lookup instanceof Lookup.Found found) {
                    subjects.addAll(found.subjects());
                } else if (lookup instanceof Lookup.Missing missing) {
                    leftOut.add(Inventory.LeftOut.damaged(reference, missing.reason()));
                }
            } catch (InputException damaged) {
                leftOut.add(Inventory.LeftOut.damaged(reference, damaged.getMessage()));
            }
        }
        return new Inventory("structs", subjects, leftOut, 0, List.of());
    }

    /**
     * {@return which of the wanted entries cannot be laid out, as far as that is known without laying them out}
     *
     * @param wanted whether an entry is
     */
    default Inventory missing(Predicate<Entry> wanted) {
        return Inventory.of(List.of());
    }

    /** {@return what users should know about this source, a line each; complete after {@link #inventory}} */
    default List<String> notes() {
        return List.of();
    }
}
