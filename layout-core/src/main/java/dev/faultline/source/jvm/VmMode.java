package dev.faultline.source.jvm;

import dev.faultline.input.Nearest;
import java.util.List;
import java.util.Objects;

/**
 * The properties of a 64-bit HotSpot VM that decide the offsets of fields.
 *
 * <p>Modes are tested against the VM itself on 17 and 25. Versions between use the rules of 17: no change between JDK
 * 15 (JDK-8237767) and 25 is known.
 *
 * @param feature the JDK's feature version, at least 15; older ones have other rules
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

    private static final int COMPACT_HEADERS = 25;

    /** Names of the common modes; {@link #parse} accepts more combinations of suffixes. */
    public static final List<String> NAMES = List.of(
            "17",
            "17-no-coops",
            "17-no-ccp",
            "17-align16",
            "17-contended",
            "21",
            "21-no-coops",
            "25",
            "25-coh",
            "25-no-coops",
            "25-coh-no-coops",
            "25-no-ccp",
            "25-align16",
            "25-contended",
            "25-coh-contended");

    private static final String SUFFIXES =
            "a JDK version from 15 on, then any of -coh (25 on), -no-coops, -no-ccp, -align16, -contended";

    public VmMode {
        Objects.requireNonNull(contended);
        if (feature < 15 || feature > 99) {
            throw new IllegalArgumentException(
                    "no layout rules for JDK " + feature + ": they are known from JDK 15 on (JDK-8237767)");
        }
        if (compactHeaders && feature < COMPACT_HEADERS) {
            throw new IllegalArgumentException("compact object headers need JDK 25 or newer, got " + feature);
        }
        if (compactHeaders && !compressedClassPointers) {
            throw new IllegalArgumentException("compact object headers need compressed class pointers");
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
     * @param feature the version, from 15 to 99
     */
    public static VmMode ofFeature(int feature) {
        return new VmMode(feature, true, true, false, 8, 128, Contended.TRUSTED);
    }

    /**
     * Reads a mode: a JDK version and suffixes, such as {@code "25-coh-no-coops"}.
     *
     * @param text the name of a mode
     * @return the mode
     * @throws IllegalArgumentException when it is not valid; the message has the nearest names and lists all
     */
    public static VmMode parse(String text) {
        String[] parts = text.strip().replace("-no-", "-no_").split("-", -1);
        if (!parts[0].matches("[0-9]{1,3}")) {
            throw unknown(text);
        }
        VmMode mode = ofFeature(Integer.parseInt(parts[0]));
        for (String part : List.of(parts).subList(1, parts.length)) {
            mode = mode.with(part, text);
        }
        return mode;
    }

    private VmMode with(String suffix, String text) {
        boolean coops = compressedOops && !suffix.equals("no_coops");
        boolean ccp = compressedClassPointers && !suffix.equals("no_ccp");
        boolean coh = compactHeaders || suffix.equals("coh");
        int alignment = suffix.equals("align16") ? 16 : objectByteAlignment;
        Contended honoured = suffix.equals("contended") ? Contended.EVERYBODY : contended;
        VmMode mode = new VmMode(feature, coops, ccp, coh, alignment, contendedPaddingBytes, honoured);
        if (mode.equals(this)) {
            throw unknown(text);
        }
        return mode;
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
        name.append(compactHeaders ? "-coh" : "");
        name.append(compressedOops ? "" : "-no-coops");
        name.append(compressedClassPointers ? "" : "-no-ccp");
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
