package dev.faultline.source;

import dev.faultline.input.VisibleText;
import java.util.List;
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
}
