package dev.faultline.offheap.kernel;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The built-in catalogue. Each struct comes with a profile and with the alignment that its allocator promises:
 * destinations, packets and sockets come from slab caches created with SLAB_HWCACHE_ALIGN, so they start on a cache
 * line; the type of a device itself requires a cache line's alignment.
 */
public final class KernelCatalog implements LayoutSource {

    private static final Placement ON_A_LINE = new Placement(64, "slab cache with SLAB_HWCACHE_ALIGN");

    private static final Placement ASKED_FOR = new Placement(64, "alignment of the type, which asks for a line");

    private static final Placement EMBEDDED = new Placement(8, "embedded in the object that is counted");

    private static final Placement PER_CPU = new Placement(8, "per-CPU area, each CPU's apart from the others'");

    private static final Placement KMALLOC_64 =
            new Placement(64, "kmalloc of 64 bytes, which start at a multiple of 64");

    private static final Placement ON_A_PAIR = new Placement(128, "allocated on a pair of lines for each CPU");

    private record Declared(StructLayout layout, String version, Placement placement) {

        Declared(StructLayout layout, String version) {
            this(layout, version, ON_A_LINE);
        }

        String reference() {
            return layout.name() + "@" + version;
        }
    }

    /**
     * Sorted by name, then from oldest to newest version; a name alone means the last. Variants of ours come before the
     * struct as it was posted.
     */
    private final List<Declared> declared = List.of(
            new Declared(AlfQueueStruct.REMEMBERED, "remembered", ASKED_FOR),
            new Declared(AlfQueueStruct.SEQUENCED, "sequenced", ASKED_FOR),
            new Declared(AlfQueueStruct.POSTED, "posted", ASKED_FOR),
            new Declared(SlabStructs.ARRAY_CACHE, "6.1", PER_CPU),
            new Declared(DstEntry.BEFORE, "6.3"),
            new Declared(DstEntry.AFTER, "6.4"),
            new Declared(SlabStructs.KMEM_CACHE_CPU, "6.12", PER_CPU),
            new Declared(NetDevice.ATOMIC_COUNT, "2.6.36", ASKED_FOR),
            new Declared(NetDevice.PER_CPU_COUNT, "2.6.37", ASKED_FOR),
            new Declared(NetDevice.GROUPED, "6.18", ASKED_FOR),
            new Declared(SlabStructs.NODE_BARN, "7.2", KMALLOC_64),
            new Declared(PercpuRefStruct.REF, "6.12", EMBEDDED),
            new Declared(PercpuRefStruct.DATA, "6.12", KMALLOC_64),
            new Declared(QmempoolStructs.QUEUE, "posted", ON_A_PAIR),
            new Declared(QmempoolStructs.ARRAY, "array", ON_A_PAIR),
            new Declared(Rt6Info.BEFORE, "6.3"),
            new Declared(Rt6Info.AFTER, "6.4"),
            new Declared(Rtable.BEFORE, "6.3"),
            new Declared(Rtable.AFTER, "6.4"),
            new Declared(SkBuff.PACKET, "6.18"),
            new Declared(SkBuff.PAIR, "6.18"),
            new Declared(SlabStructs.SLUB_PERCPU_SHEAVES, "7.2", PER_CPU),
            new Declared(Sock.WITH_CACHES, "5.10"));

    /** A source of the built-in structs; all of them are alike. */
    public KernelCatalog() {}

    @Override
    public String description() {
        return "catalogue";
    }

    @Override
    public List<Entry> entries() {
        return declared.stream()
                .map(one -> new Entry(
                        one.layout().name(),
                        one.version(),
                        one.layout().byteSize(),
                        one.layout().spelling()))
                .toList();
    }

    @Override
    public Lookup find(String name) {
        int at = name.indexOf('@');
        String tag = at < 0 ? name : name.substring(0, at);
        List<Declared> versions =
                declared.stream().filter(one -> one.layout().name().equals(tag)).toList();
        if (versions.isEmpty()) {
            List<String> names =
                    declared.stream().map(one -> one.layout().name()).distinct().toList();
            return new Lookup.Missing("the catalogue has no struct " + tag + Nearest.hint(tag, names) + "; it has "
                    + String.join(", ", names) + ", and --from names another source");
        }
        if (at < 0) {
            return new Lookup.Found(List.of(subject(versions.get(versions.size() - 1))));
        }
        Optional<Declared> exact =
                versions.stream().filter(one -> one.reference().equals(name)).findFirst();
        if (exact.isEmpty()) {
            List<String> known = versions.stream().map(Declared::version).toList();
            return new Lookup.Missing("the catalogue has no version " + name.substring(at + 1) + " of " + tag
                    + "; it has " + String.join(", ", known));
        }
        return new Lookup.Found(List.of(subject(exact.get())));
    }

    @Override
    public List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        declared.forEach(one -> all.add(subject(one)));
        return all;
    }

    /**
     * Returns the versions of one struct, without reading the profiles of others.
     *
     * @param name its name, without a version
     * @return its versions from newest to oldest, each read when the stream reaches it; none when there is no such
     *     struct
     */
    public Stream<Subject> newestFirst(String name) {
        return IntStream.rangeClosed(1, declared.size())
                .mapToObj(back -> declared.get(declared.size() - back))
                .filter(one -> one.layout().name().equals(name))
                .map(KernelCatalog::subject);
    }

    private static Subject subject(Declared one) {
        return new Subject(one.layout(), one.version(), one.placement(), Optional.of(profile(one)), Optional.empty());
    }

    /** A missing or broken resource of this module is a defect of the build and not of the user's input. */
    private static StructProfile profile(Declared one) {
        String resource = one.reference() + ".yaml";
        try (InputStream in = KernelCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no shipped profile " + resource);
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ProfileReader.read("profile shipped with " + one.reference(), yaml)
                    .forStruct(one.layout().name())
                    .orElseThrow(() -> new IllegalStateException(resource + " does not name its struct"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
