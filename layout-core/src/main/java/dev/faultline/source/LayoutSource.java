package dev.faultline.source;

import java.util.List;

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

    /** {@return every subject, in the order of {@link #entries}; structs that cannot be laid out are left out} */
    List<Subject> all();
}
