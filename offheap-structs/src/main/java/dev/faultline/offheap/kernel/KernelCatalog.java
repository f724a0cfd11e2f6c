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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in catalogue. Each struct comes with a profile and with the alignment that its allocator promises:
 * destinations, packets and sockets come from slab caches created with SLAB_HWCACHE_ALIGN, so they start on a cache
 * line; the type of a device itself requires a cache line's alignment.
 */
public final class KernelCatalog implements LayoutSource {

    /** What stands before the name of a field in the profiles that are shipped. */
    private static final String FIELD = "{ field: ";

    private static final Placement ON_A_LINE = new Placement(64, "slab cache with SLAB_HWCACHE_ALIGN");

    private static final Placement ASKED_FOR = new Placement(64, "alignment of the type, which asks for a line");

    private static final Placement EMBEDDED = new Placement(8, "embedded in the object that is counted");

    private static final Placement PER_CPU = new Placement(8, "per-CPU area, each CPU's apart from the others'");

    private static final Placement KMALLOC_64 =
            new Placement(64, "kmalloc of 64 bytes, which start at a multiple of 64");

    private static final Placement ON_A_PAIR = new Placement(128, "allocated on a pair of lines for each CPU");

    /**
     * A struct of the catalogue, whose fields and profile are read when they are asked for.
     *
     * @param name the name of the struct
     * @param version its version
     * @param placement where its allocator puts it
     */
    private record Declared(String name, String version, Placement placement) {

        Declared(String name, String version) {
            this(name, version, ON_A_LINE);
        }

        String reference() {
            return name + "@" + version;
        }

        StructLayout layout() {
            return switch (reference()) {
                case "alf_queue@remembered" -> AlfQueueStruct.REMEMBERED;
                case "alf_queue@sequenced" -> AlfQueueStruct.SEQUENCED;
                case "alf_queue@posted" -> AlfQueueStruct.POSTED;
                case "array_cache@6.1" -> SlabStructs.ARRAY_CACHE;
                case "dst_entry@6.3" -> DstEntry.BEFORE;
                case "dst_entry@6.4" -> DstEntry.AFTER;
                case "kmem_cache_cpu@6.12" -> SlabStructs.KMEM_CACHE_CPU;
                case "net_device@2.6.36" -> NetDevice.ATOMIC_COUNT;
                case "net_device@2.6.37" -> NetDevice.PER_CPU_COUNT;
                case "net_device@6.18" -> NetDevice.GROUPED;
                case "node_barn@7.2" -> SlabStructs.NODE_BARN;
                case "percpu_ref@6.12" -> PercpuRefStruct.REF;
                case "percpu_ref_data@6.12" -> PercpuRefStruct.DATA;
                case "qmempool_local@posted" -> QmempoolStructs.QUEUE;
                case "qmempool_local@array" -> QmempoolStructs.ARRAY;
                case "rt6_info@6.3" -> Rt6Info.BEFORE;
                case "rt6_info@6.4" -> Rt6Info.AFTER;
                case "rtable@6.3" -> Rtable.BEFORE;
                case "rtable@6.4" -> Rtable.AFTER;
                case "sk_buff@6.18" -> SkBuff.PACKET;
                case "sk_buff_fclones@6.18" -> SkBuff.PAIR;
                case "slub_percpu_sheaves@7.2" -> SlabStructs.SLUB_PERCPU_SHEAVES;
                case "sock@5.10" -> Sock.WITH_CACHES;
                default -> throw new IllegalStateException("no layout of " + reference());
            };
        }
    }

    /**
     * Sorted by name, then from oldest to newest version; a name alone means the last. Variants of ours come before the
     * struct as it was posted.
     */
    private static final List<Declared> DECLARED = List.of(
            new Declared("alf_queue", "remembered", ASKED_FOR),
            new Declared("alf_queue", "sequenced", ASKED_FOR),
            new Declared("alf_queue", "posted", ASKED_FOR),
            new Declared("array_cache", "6.1", PER_CPU),
            new Declared("dst_entry", "6.3"),
            new Declared("dst_entry", "6.4"),
            new Declared("kmem_cache_cpu", "6.12", PER_CPU),
            new Declared("net_device", "2.6.36", ASKED_FOR),
            new Declared("net_device", "2.6.37", ASKED_FOR),
            new Declared("net_device", "6.18", ASKED_FOR),
            new Declared("node_barn", "7.2", KMALLOC_64),
            new Declared("percpu_ref", "6.12", EMBEDDED),
            new Declared("percpu_ref_data", "6.12", KMALLOC_64),
            new Declared("qmempool_local", "posted", ON_A_PAIR),
            new Declared("qmempool_local", "array", ON_A_PAIR),
            new Declared("rt6_info", "6.3"),
            new Declared("rt6_info", "6.4"),
            new Declared("rtable", "6.3"),
            new Declared("rtable", "6.4"),
            new Declared("sk_buff", "6.18"),
            new Declared("sk_buff_fclones", "6.18"),
            new Declared("slub_percpu_sheaves", "7.2", PER_CPU),
            new Declared("sock", "5.10"));

    /** A source of the built-in structs; all of them are alike. */
    public KernelCatalog() {}

    @Override
    public String description() {
        return "catalogue";
    }

    @Override
    public List<Entry> entries() {
        return DECLARED.stream()
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
                DECLARED.stream().filter(one -> one.name().equals(tag)).toList();
        if (versions.isEmpty()) {
            List<String> names =
                    DECLARED.stream().map(Declared::name).distinct().toList();
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
        DECLARED.forEach(one -> all.add(subject(one)));
        return all;
    }

    /**
     * A profile that the catalogue ships.
     *
     * @param reference the name and version of its struct
     * @param fields the fields that it names
     */
    public record Shipped(String reference, Set<String> fields) {
        public Shipped {
            fields = Set.copyOf(fields);
        }
    }

    /**
     * Tells which profiles there are of one struct, without reading more of them than the names of fields.
     *
     * @param name its name, without a version
     * @return the profiles of its versions, from newest to oldest; none when there is no such struct
     */
    public static List<Shipped> profilesOf(String name) {
        List<Shipped> profiles = new ArrayList<>();
        for (Declared one : DECLARED) {
            if (one.name().equals(name)) {
                profiles.add(0, new Shipped(one.reference(), fields(text(one))));
            }
        }
        return profiles;
    }

    /** {@return the fields of a profile in the form of those shipped, each the first in the braces of an access} */
    private static Set<String> fields(String yaml) {
        Set<String> fields = new HashSet<>();
        for (int at = yaml.indexOf(FIELD); at >= 0; at = yaml.indexOf(FIELD, at)) {
            at += FIELD.length();
            String field = yaml.substring(at, yaml.indexOf(',', at));
            fields.add(field.startsWith("\"") ? field.substring(1, field.length() - 1) : field);
        }
        return fields;
    }

    private static Subject subject(Declared one) {
        return new Subject(one.layout(), one.version(), one.placement(), Optional.of(profile(one)), Optional.empty());
    }

    private static StructProfile profile(Declared one) {
        return ProfileReader.read("profile shipped with " + one.reference(), text(one))
                .forStruct(one.name())
                .orElseThrow(() -> new IllegalStateException(resource(one) + " does not name its struct"));
    }

    private static String resource(Declared one) {
        return one.reference() + ".yaml";
    }

    /** A missing resource of this module is a defect of the build and not of the user's input. */
    private static String text(Declared one) {
        try (InputStream in = KernelCatalog.class.getResourceAsStream(resource(one))) {
            if (in == null) {
                throw new IllegalStateException("no shipped profile " + resource(one));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
