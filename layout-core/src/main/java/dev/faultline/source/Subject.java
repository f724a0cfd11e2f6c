package dev.faultline.source;

import dev.faultline.access.StructProfile;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.api.Internal;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.DeclarationForm;
import dev.faultline.machine.Placement;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A struct with what its source knows about it.
 *
 * @param layout offsets and types of its fields
 * @param version its version, such as {@code "6.3"}, or its unit, such as {@code "net/ipv4/route.c"}; empty when the
 *     source has only one of this name
 * @param placement where byte 0 may be
 * @param profile how it is accessed, when the source has a profile
 * @param code which code accesses it, when the source has code
 * @param declaration what the source says about its objects beside their bytes, when it is a class
 * @param origins where its fields are declared, and the rules that the source silences
 * @param form how its source declares it, when other layouts of it can be written that way
 */
public record Subject(
        StructLayout layout,
        String version,
        Placement placement,
        Optional<StructProfile> profile,
        @Internal Optional<CodeAccess> code,
        @Internal Optional<ObjectDeclaration> declaration,
        @Internal FieldOrigins origins,
        @Internal Optional<DeclarationForm> form) {
    @Internal
    public Subject {
        Objects.requireNonNull(layout);
        Objects.requireNonNull(version);
        Objects.requireNonNull(placement);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(code);
        Objects.requireNonNull(origins);
        Objects.requireNonNull(declaration);
        Objects.requireNonNull(form);
    }

    /**
     * A subject whose source says nothing but where the bytes are, and perhaps who uses them.
     *
     * @param layout offsets and types of its fields
     * @param version its version; empty when the source has only one
     * @param placement where byte 0 may be
     * @param profile how it is accessed, when the source has a profile
     * @param code which code accesses it, when the source has code
     */
    @Internal
    public Subject(
            StructLayout layout,
            String version,
            Placement placement,
            Optional<StructProfile> profile,
            Optional<CodeAccess> code) {
        this(layout, version, placement, profile, code, Optional.empty(), FieldOrigins.none(), Optional.empty());
    }

    /**
     * {@return a subject without profile, placed by the alignment of its type}
     *
     * @param layout the layout
     */
    public static Subject of(StructLayout layout) {
        return new Subject(
                layout,
                "",
                new Placement(layout.byteAlignment(), "alignment of the type"),
                Optional.empty(),
                Optional.empty());
    }

    /** {@return the name, with {@code @version} when it has a version} */
    public String reference() {
        return version.isEmpty() ? layout.name() : layout.name() + "@" + version;
    }

    /**
     * {@return a copy with another version}
     *
     * @param other its version; empty when the source has only one
     */
    @Internal
    public Subject withVersion(String other) {
        return new Subject(layout, other, placement, profile, code, declaration, origins, form);
    }

    /** {@return keyword and name, with {@code @} and the unit when the source has other structs of that name} */
    @Internal
    public String spelling() {
        return layout.spelling() + (version.equals(release()) ? "" : "@" + version);
    }

    /** {@return the version of all structs that go with it, such as {@code "6.3"}; empty when there is none} */
    @Internal
    public String release() {
        return layout.provenance().origin() == Provenance.Origin.DWARF ? "" : version;
    }

    /**
     * {@return a copy with another placement}
     *
     * @param other where byte 0 may be
     */
    public Subject withPlacement(Placement other) {
        return new Subject(layout, version, other, profile, code, declaration, origins, form);
    }

    /**
     * {@return a copy with another profile}
     *
     * @param other how it is accessed; empty when that is not known
     */
    public Subject withProfile(Optional<StructProfile> other) {
        return new Subject(layout, version, placement, other, code, declaration, origins, form);
    }

    /**
     * {@return a copy with another layout}
     *
     * @param other offsets and types of its fields
     */
    @Internal
    public Subject withLayout(StructLayout other) {
        return new Subject(other, version, placement, profile, code, declaration, origins, form);
    }

    /**
     * {@return a copy with the code that accesses it}
     *
     * @param other the accesses, for the fields of the layout
     */
    @Internal
    public Subject withCode(CodeAccess other) {
        return new Subject(layout, version, placement, profile, Optional.of(other), declaration, origins, form);
    }

    /**
     * {@return the code that accesses it, for a layout whose fields have other paths}
     *
     * @param pathOf the new path by the old one
     */
    @Internal
    public Optional<CodeAccess> codeAt(UnaryOperator<String> pathOf) {
        return code.map(known -> known.renamed(pathOf));
    }

    /**
     * {@return a copy with what its source says about its objects}
     *
     * @param other the declaration, with the paths of the layout
     */
    @Internal
    public Subject withDeclaration(ObjectDeclaration other) {
        return new Subject(layout, version, placement, profile, code, Optional.of(other), origins, form);
    }

    /**
     * {@return a copy that tells where its fields are declared}
     *
     * @param other the origins
     */
    @Internal
    public Subject withOrigins(FieldOrigins other) {
        return new Subject(layout, version, placement, profile, code, declaration, other, form);
    }

    /**
     * {@return a copy that tells how its source declares it}
     *
     * @param other the form
     */
    @Internal
    public Subject withForm(DeclarationForm other) {
        return new Subject(layout, version, placement, profile, code, declaration, origins, Optional.of(other));
    }
}
