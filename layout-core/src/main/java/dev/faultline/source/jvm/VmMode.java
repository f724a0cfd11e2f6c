package dev.faultline.source.jvm;

import dev.faultline.input.Nearest;
import dev.faultline.source.jvm.classfile.ClassFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of a 64-bit HotSpot VM that decide the offsets of fields.
 *
 * <p>Where the rules of a version come from, and what they were compared with:
 *
 * <table>
 * <caption>Rules by JDK version</caption>
 * <tr><th>JDK</th><th>rules</th><th>compared with</th></tr>
 * <tr><td>8 to 14</td><td>runs of fields by size; 8 honours {@code sun.misc.Contended}, 9 and later
 *     {@code jdk.internal.vm.annotation.Contended}</td><td>the simulation of JOL 0.17 where that is right; no
 * VM</td></tr>
 * <tr><td>15 to 24</td><td>JDK-8237767: fields fill holes of superclasses; compact headers on request from 24 on
 *     (JEP 450)</td><td>the VM on 17; no change between 15 and 24 is known</td></tr>
 * <tr><td>25, 26</td><td>JDK-8353273: references first after a superclass that ends in one; compact headers on
 *     request (JEP 519)</td><td>the VM on 25</td></tr>
 * <tr><td>27 on</td><td>those of 25 with compact headers by default (JEP 534, JDK-8360700)</td><td>no VM</td></tr>
 * </table>
 *
 * @param feature the JDK's feature version, at least 8
 * @param compressedOops whether references take 4 bytes, not 8 ({@code -XX:+UseCompressedOops})
 * @param compressedClassPointers whether the class pointer in the header takes 4 bytes, not 8 ({@code
 *     -XX:+UseCompressedClassPointers})
 * @param compactHeaders whether the class pointer is part of the mark word ({@code -XX:+UseCompactObjectHeaders})
 * @param objectByteAlignment alignment of objects and their sizes in bytes, a power of two from 8 to 256 ({@code
 *     -XX:ObjectAlignmentInBytes})
 * @param contendedPaddingBytes padding on each side of a {@code @Contended} class or field in bytes, a multiple of 8
 *     from 0 to 8192 ({@code -XX:ContendedPaddingWidth})
 * @param contended for which classes the VM honours {@code @Contended}
 */
public record VmMode(
        int feature,
        boolean compressedOops,
        boolean compressedClassPointers,
        boolean compactHeaders,
        int objectByteAlignment,
        int contendedPaddingBytes,
        Contended contended) {

    /** For which classes a VM honours {@code @Contended}; for others it ignores the annotation. */
    public enum Contended {
        /** For none: {@code -XX:-EnableContended}. */
        NOBODY,
        /** For those of the JDK: the default. */
        TRUSTED,
        /** For all: {@code -XX:-RestrictContended}. */
        EVERYBODY
    }

    /** First version that places references first after a superclass that ends in one (JDK-8353273). */
    private static final int REFERENCES_CLUSTER = 25;

    /** First version whose fields fill holes (JDK-8237767). */
    private static final int FILLS_HOLES = 15;

    /** First version that honours {@code jdk.internal.vm.annotation.Contended}. */
    private static final int INTERNAL_CONTENDED = 9;

    /** First version with compact headers, experimental ones (JEP 450). */
    private static final int COMPACT_HEADERS = 24;

    /** First version with compact headers unless told otherwise (JEP 534), and with compressed class pointers only. */
    private static final int COMPACT_BY_DEFAULT = 27;

    private static final int OLDEST = 8;
    private static final int NEWEST = 99;
    /** The newest JDK that is known; a newer one is accepted only where it runs. */
    private static final int NEWEST_KNOWN = 27;

    /** Versions whose layouts are compared with a VM by the tests. */
    private static final List<Integer> COMPARED = List.of(17, 25);

    /** Names of the common modes; {@link #parse} accepts more combinations of suffixes. */
    public static final List<String> NAMES = List.of(
            "8",
            "8-no-coops",
            "8-contended",
            "11",
            "11-no-coops",
            "11-align16",
            "11-contended",
            "17",
            "17-no-coops",
            "17-no-ccp",
            "17-align16",
            "17-contended",
            "21",
            "21-no-coops",
            "24-coh",
            "25",
            "25-coh",
            "25-no-coops",
            "25-coh-no-coops",
            "25-no-ccp",
            "25-align16",
            "25-contended",
            "25-coh-contended",
            "27",
            "27-no-coh",
            "27-no-coops",
            "27-contended");

    /** The versions with long-term support and the newest, with and without compact headers: what a class may meet. */
    private static final List<String> USUAL = List.of("8", "11", "17", "21", "25", "25-coh", "27", "27-no-coh");

    private static final String SUFFIXES = "a JDK version from " + OLDEST + " to " + NEWEST_KNOWN
            + ", then any of -coh (" + COMPACT_HEADERS + " on), -no-coh, -no-coops, -no-ccp, -align16, -contended";

    public VmMode {
        Objects.requireNonNull(contended);
        if (feature < OLDEST || feature > NEWEST) {
            throw new IllegalArgumentException(
                    "no layout rules for JDK " + feature + ": they are known from JDK " + OLDEST + " on");
        }
        if (compactHeaders && feature < COMPACT_HEADERS) {
            throw new IllegalArgumentException(
                    "compact object headers need JDK " + COMPACT_HEADERS + " or newer, got " + feature);
        }
        if (!compressedClassPointers && feature >= COMPACT_BY_DEFAULT) {
            throw new IllegalArgumentException(
                    "JDK " + feature + " has compressed class pointers only; 26 is the last that can do without");
        }
        if (compactHeaders && !compressedClassPointers) {
            throw new IllegalArgumentException("compact object headers need compressed class pointers");
        }
        if (compressedClassPointers && !compressedOops && feature < FILLS_HOLES) {
            throw new IllegalArgumentException(
                    "before JDK " + FILLS_HOLES + ", compressed class pointers need compressed oops (JDK-8241825)");
        }
        if (Integer.bitCount(objectByteAlignment) != 1 || objectByteAlignment < 8 || objectByteAlignment > 256) {
            throw new IllegalArgumentException(
                    "object alignment must be a power of two from 8 to 256, got " + objectByteAlignment);
        }
        if (contendedPaddingBytes < 0 || contendedPaddingBytes > 8192 || contendedPaddingBytes % 8 != 0) {
            throw new IllegalArgumentException(
                    "contended padding must be a multiple of 8 from 0 to 8192, got " + contendedPaddingBytes);
        }
    }

    /**
     * {@return the default mode of a JDK version with a heap below 32 GB}
     *
     * @param feature the version, from 8 to 99
     */
    public static VmMode ofFeature(int feature) {
        return new VmMode(feature, true, true, feature >= COMPACT_BY_DEFAULT, 8, 128, Contended.TRUSTED);
    }

    /** {@return the modes that a class is likely to meet: versions with long-term support and the newest one} */
    public static List<VmMode> usual() {
        return USUAL.stream().map(VmMode::parse).toList();
    }

    /**
     * Reads a mode: a JDK version and suffixes, such as {@code "25-coh-no-coops"}. A suffix that the version has
     * anyway, such as {@code "27-coh"}, is allowed.
     *
     * @param text the name of a mode
     * @return the mode
     * @throws IllegalArgumentException when it is not valid; the message has the nearest names and lists all
     */
    public static VmMode parse(String text) {
        List<String> parts = List.of(text.strip().replace("-no-", "-no_").split("-", -1));
        Set<String> suffixes = new LinkedHashSet<>(parts.subList(1, parts.size()));
        boolean repeats = suffixes.size() < parts.size() - 1 || suffixes.containsAll(List.of("coh", "no_coh"));
        if (!parts.get(0).matches("[0-9]{1,3}") || repeats) {
            throw unknown(text);
        }
        int feature = Integer.parseInt(parts.get(0));
        if (feature > Math.max(NEWEST_KNOWN, Runtime.version().feature())) {
            throw new IllegalArgumentException("no layout rules for JDK " + feature + ": they are known from JDK "
                    + OLDEST + " to " + NEWEST_KNOWN);
        }
        VmMode usual = ofFeature(feature);
        boolean coops = !suffixes.remove("no_coops");
        boolean ccp = !suffixes.remove("no_ccp") && (coops || usual.feature >= FILLS_HOLES);
        boolean coh = suffixes.remove("coh") || usual.compactHeaders;
        coh &= !suffixes.remove("no_coh");
        int alignment = suffixes.remove("align16") ? 16 : usual.objectByteAlignment;
        Contended honoured = suffixes.remove("contended") ? Contended.EVERYBODY : usual.contended;
        if (!suffixes.isEmpty()) {
            throw unknown(text);
        }
        return new VmMode(usual.feature, coops, ccp, coh, alignment, usual.contendedPaddingBytes, honoured);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("no VM mode '" + text + "'" + Nearest.hint(text.strip(), NAMES)
                + ": expected one of " + String.join(", ", NAMES) + ", or " + SUFFIXES);
    }

    /** {@return the mode of the running VM by its flags; the default mode for a VM without those flags} */
    public static VmMode running() {
        return RunningFlags.mode();
    }

    /** {@return the same VM honouring {@code @Contended} in all classes ({@code -XX:-RestrictContended})} */
    VmMode honouringContended() {
        return new VmMode(
                feature,
                compressedOops,
                compressedClassPointers,
                compactHeaders,
                objectByteAlignment,
                contendedPaddingBytes,
                Contended.EVERYBODY);
    }

    /** {@return the size of the object header in bytes: mark word and class pointer} */
    public int headerBytes() {
        if (compactHeaders) {
            return 8;
        }
        return compressedClassPointers ? 12 : 16;
    }

    /** {@return the size of a reference in bytes, 4 or 8} */
    public int referenceBytes() {
        return compressedOops ? 4 : 8;
    }

    /**
     * {@return what the rules of this version rest on, when its layouts are not compared with a VM of that version:
     *     {@code "rules of 25"}; empty for 17 and 25}
     */
    public Optional<String> reserve() {
        if (COMPARED.contains(feature)) {
            return Optional.empty();
        }
        return Optional.of(
                feature < FILLS_HOLES
                        ? "rules of 8 to 14, compared with JOL, not with a VM"
                        : "rules of " + (feature < REFERENCES_CLUSTER ? 17 : 25) + ", not compared with a VM of "
                                + feature);
    }

    /** {@return whether fields go to holes that superclasses left (JDK-8237767)} */
    boolean fillsHoles() {
        return feature >= FILLS_HOLES;
    }

    /** {@return a class with the annotations that this VM honours} */
    ClassFile reads(ClassFile file) {
        return feature < INTERNAL_CONTENDED ? file.asInJdk8() : file;
    }

    /**
     * {@return whether references come before primitives in a class whose superclass ends in a reference (JDK-8353273)}
     */
    boolean clustersReferences() {
        return feature >= REFERENCES_CLUSTER;
    }

    /** {@return whether {@code @Contended} has an effect in a class of the JDK, or in one of the user} */
    boolean honoursContended(boolean trusted) {
        return contended == Contended.EVERYBODY || contended == Contended.TRUSTED && trusted;
    }

    /** {@return the mode as {@link #parse} reads it; other paddings and alignments are appended in words} */
    public String name() {
        StringBuilder name = new StringBuilder().append(feature);
        boolean compactByDefault = feature >= COMPACT_BY_DEFAULT;
        name.append(compactHeaders == compactByDefault ? "" : compactHeaders ? "-coh" : "-no-coh");
        name.append(compressedOops ? "" : "-no-coops");
        boolean pointersFollowOops = feature < FILLS_HOLES && !compressedOops;
        name.append(compressedClassPointers || pointersFollowOops ? "" : "-no-ccp");
        name.append(objectByteAlignment == 8 ? "" : "-align" + objectByteAlignment);
        name.append(contended == Contended.EVERYBODY ? "-contended" : "");
        name.append(contended == Contended.NOBODY ? " without @Contended" : "");
        name.append(contendedPaddingBytes == 128 ? "" : " with @Contended " + contendedPaddingBytes + " bytes wide");
        return name.toString();
    }

    @Override
    public String toString() {
        return "JDK " + name();
    }
}
