package dev.faultline.source;

import dev.faultline.input.VisibleText;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that knows layouts by name. Sources are opened by their package's factory, which throws
 * {@link dev.faultline.input.InputException} when the input is not what it should be; later damage (a broken type found
 * only when it is asked for) comes as that exception too, or as {@link Lookup.Missing} when only one name is affected.
 */
public interface LayoutSource {

    /**
     * A name the source knows.
     *
     * @param name what {@link #find} takes, without version
     * @param version the version, empty when the source has but one of the name
     * @param byteSize size in bytes, or -1 when it is known only after laying out
     * @param spelling keyword and name: {@code "union foo"}
     */
    record Entry(String name, String version, long byteSize, String spelling) {}

    /** {@return what a person calls this source: a file, {@code "kernel"}, {@code "catalogue"}} */
    String description();

    /** {@return every named struct, union or class, in the order of the source; repeated names are repeated} */
    List<Entry> entries();

    /**
     * Finds a struct.
     *
     * @param name a name, or {@code name@version} where the source has versions; without one, the newest
     * @return what bears the name, or why nothing does
     */
    Lookup find(String name);

    /**
     * Finds a struct by its name, or by its name as reports show it: with what a terminal would act on escaped. A name
     * that
     * somebody has copied from a list is found.
     *
     * @param name what {@link #find} takes, or that made visible
     * @return what bears the name, all of them when several names look alike; or why nothing does
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

    /** {@return every subject, in the order of {@link #entries}; structs that cannot be laid out are left out} */
    List<Subject> all();
}
