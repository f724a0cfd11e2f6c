package dev.faultline.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The programs in {@code hooked} of the resources, and what each role does to which field, written by reading them. A
 * line has role, type, field and kinds; a kind with a number happens exactly that often, since the field is volatile
 * or atomic, and a kind without one as often as the compiler leaves it. What {@code main} may do, which compilers merge
 * and leave out, stands apart, without numbers.
 */
enum HookedSamples {
    COUNTERS("counters.c", """
            hitter  counters         hits    read=20000 write=20000
            hitter  padded_counters  hits    read=20000 write=20000
            misser  counters         misses  read=20000 write=20000
            misser  padded_counters  misses  read=20000 write=20000
            """, "", "counters WritersShareLine"),
    RING("ring.c", """
            producer  ring         head      read=20000 write=20000
            producer  ring         slots[*]  write
            producer  padded_ring  head      read=20000 write=20000
            producer  padded_ring  slots[*]  write
            producer  .data        near      read
            producer  .data        far       read
            consumer  ring         tail      read=20000 write=20000
            consumer  ring         slots[*]  read
            consumer  padded_ring  tail      read=20000 write=20000
            consumer  padded_ring  slots[*]  read
            consumer  .data        near      read
            consumer  .data        far       read
            """, """
            padded_ring  head  write
            padded_ring  tail  write
            .data        near  write
            .data        far   read write
            """, "ring WritersShareLine", "ring WriterBesideReaders"),
    STRIPES("stripes.c", """
            worker  .data  near[own].lock  rmw=80000 write=80000
            worker  .data  near[own].held  write=80000
            worker  .data  far[own].lock   rmw=80000 write=80000
            worker  .data  far[own].held   write=80000
            """, "", ".data ArrayNeighbours"),
    REFCOUNT("refcount.c", """
            get-#   object         refs  rmw=80000
            get-#   padded_object  refs  rmw=80000
            get-#   .data          near  read
            get-#   .data          far   read
            reader  object         ops   read=20000
            reader  object         data  read=20000
            reader  padded_object  ops   read=20000
            reader  padded_object  data  read=20000
            reader  ops            size  read
            reader  .data          near  read
            reader  .data          far   read
            """, """
            object         ops   write
            object         data  write
            object         refs  write
            padded_object  ops   write
            padded_object  data  write
            padded_object  refs  write
            .data          near  read write
            .data          far   write
            """, "object WriterBesideReaders"),
    GLOBALS("globals.c", """
            server   .data  requests  read=20000 write=20000
            server   alone  value     read=20000 write=20000
            checker  .data  limit     read=20000
            checker  alone  value     read=20000
            """, "", ".data NeighbouringStatics"),
    NODES("nodes.c", """
            user    node         next       read
            user    node         uses       read=3000 write=3000
            user    padded_node  next       read
            user    padded_node  uses       read=3000 write=3000
            user    .data        first      read
            user    .data        far_first  read
            finder  node         next       read
            finder  node         key        read=3000
            finder  padded_node  next       read
            finder  padded_node  key        read=3000
            finder  .data        first      read
            finder  .data        far_first  read
            """, """
            node         next       write
            node         key        write
            node         uses       write
            padded_node  next       write
            padded_node  key        write
            padded_node  uses       write
            .data        first      read write
            .data        far_first  read write
            """, "node UncertainPlacement"),
    SERVER("server.c", """
            serve          settings         served   read=20000 write=20000
            serve          padded_settings  served   read=20000 write=20000
            serve          app              near     read
            serve          app              far      read
            poll_settings  settings         stop     read=20000
            poll_settings  settings         timeout  read=20000
            poll_settings  padded_settings  stop     read=20000
            poll_settings  padded_settings  timeout  read=20000
            poll_settings  app              near     read
            poll_settings  app              far      read
            """, """
            settings         stop     write
            settings         timeout  write
            settings         name     write
            settings         served   write
            padded_settings  stop     write
            padded_settings  timeout  write
            padded_settings  name     write
            padded_settings  served   write
            app              near     read write
            app              far      read write
            """, "settings WriterBesideReaders"),
    QUEUE("queue.cpp", """
            app::producer  app::Queue        head       rmw=20000
            app::producer  app::PaddedQueue  head       rmw=20000
            app::producer  .data             app::near  read
            app::producer  .data             app::far   read
            app::consumer  app::Queue        tail       rmw=20000
            app::consumer  app::PaddedQueue  tail       rmw=20000
            app::consumer  .data             app::near  read
            app::consumer  .data             app::far   read
            """, """
            app::Queue        head       write
            app::Queue        tail       write
            app::Queue        most       write
            app::PaddedQueue  head       write
            app::PaddedQueue  tail       write
            .data             app::near  write
            .data             app::far   write
            """, "app::Queue WritersShareLine"),
    STATS("stats.cpp", """
            count_reads   Stats<8>   reads   rmw=20000
            count_reads   Stats<128>  reads   rmw=20000
            count_writes  Stats<8>   writes  rmw=20000
            count_writes  Stats<128>  writes  rmw=20000
            """, """
            Stats<8>   reads   write
            Stats<8>   writes  write
            Stats<128>  reads   write
            Stats<128>  writes  write
            """, "Stats<8> WritersShareLine"),
    LOCK("lock.cpp", """
            writer  Table        guard.word  rmw=20000 write=20000
            writer  PaddedTable  guard.word  rmw=20000 write=20000
            lookup  Table        mask        read=20000
            lookup  PaddedTable  mask        read=20000
            """, """
            Table        guard.word  write
            PaddedTable  guard.word  write
            """, "Table EmbeddedStructSpill");

    private final String file;
    private final String roles;
    private final String main;
    private final Set<String> hazards;

    HookedSamples(String file, String roles, String main, String... hazards) {
        this.file = file;
        this.roles = roles;
        this.main = main;
        this.hazards = new TreeSet<>(List.of(hazards));
    }

    /** {@return the source file in the resources} */
    String file() {
        return file;
    }

    boolean isCxx() {
        return file.endsWith(".cpp");
    }

    /** {@return each role, type, field and kind, with how often it happens; 0 where compilers decide} */
    Map<String, Long> expected() {
        Map<String, Long> all = new TreeMap<>();
        for (String line : roles.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            for (String kind : Arrays.copyOfRange(words, 3, words.length)) {
                String[] parts = kind.split("=");
                all.put(
                        words[0] + " " + words[1] + " " + words[2] + " " + parts[0],
                        parts.length > 1 ? Long.parseLong(parts[1]) : 0);
            }
        }
        return all;
    }

    /** {@return each type, field and kind that {@code main} may touch} */
    Set<String> ofMain() {
        return main.lines()
                .flatMap(line -> {
                    String[] words = line.strip().split("\\s+");
                    return Arrays.stream(words).skip(2).map(kind -> words[0] + " " + words[1] + " " + kind);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return the hazards that the program has on purpose: type and rule} */
    Set<String> hazards() {
        return hazards;
    }

    /** {@return whether a finding is on a twin that has no hazard: its type, or of a section a variable} */
    static boolean isOfTwin(String finding) {
        return finding.matches("(padded_|Padded|app::Padded|Stats<128>|alone).*|\\.data .*\\bfar.*");
    }

    /** {@return what LLVM IR says that some code does and no run did: type, field and kind} */
    Set<String> onlyInCode() {
        return switch (this) {
            case COUNTERS -> Set.of("counters misses rmw"); // `reset`
            default -> Set.of();
        };
    }
}
