package dev.faultline.source;

import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source knows of one struct.
 *
 * @param layout its bytes
 * @param version the version of it, such as {@code "6.3"}; empty when the source has but one
 * @param placement what is known of where byte 0 stands
 * @param profile who uses it, when the source ships that
 */
public record Subject(StructLayout layout, String version, Placement placement, Optional<StructProfile> profile) {
    /** Refuses nulls. */
    public Subject {
        Objects.requireNonNull(layout);
        Objects.requireNonNull(version);
        Objects.requireNonNull(placement);
        Objects.requireNonNull(profile);
    }

    /** {@return a subject of which nothing but the layout is known: byte 0 stands where the type's alignment allows} */
    public static Subject of(StructLayout layout) {
        return new Subject(
                layout, "", new Placement(layout.byteAlignment(), "alignment of the type"), Optional.empty());
    }

    /** {@return the name, with {@code @version} when there is one} */
    public String reference() {
        return version.isEmpty() ? layout.name() : layout.name() + "@" + version;
    }

    /** {@return this subject placed otherwise} */
    public Subject withPlacement(Placement other) {
        return new Subject(layout, version, other, profile);
    }

    /** {@return this subject with another profile, or none} */
    public Subject withProfile(Optional<StructProfile> other) {
        return new Subject(layout, version, placement, other);
    }
}
