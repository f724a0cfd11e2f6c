package dev.faultline.offheap.kernel;

import dev.faultline.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.reorder.Candidate;
import dev.faultline.reorder.Constraints;
import dev.faultline.reorder.Effort;
import dev.faultline.reorder.LayoutVerifier;
import dev.faultline.reorder.Suggester;
import dev.faultline.reorder.Suggestion;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import org.junit.jupiter.api.Test;

class RouteSuggestionTest {
    @Test
    void look() {
        Subject s = ((Lookup.Found) new KernelCatalog().find("rtable@6.3"))
                .subjects()
                .get(0);
        Machine m = Machines.x86();
        long t = System.nanoTime();
        Suggestion g = new Suggester(new Analyzer(m, Catalog.RULES), new Effort(Long.getLong("eff", 4000000L)))
                .suggest(s, Constraints.usual());
        System.out.println("time " + (System.nanoTime() - t) / 1e6);
        System.out.println(g.today() + " " + g.certificate());
        for (Candidate c : g.candidates()) {
            System.out.println("-----\n" + c.figures() + "\n" + c.certificate() + " gap "
                    + c.certificate().gap() + " " + c.opened() + c.needsLineAlignment());
            c.layout()
                    .slots()
                    .forEach(x -> System.out.println("   " + x.byteOffset() + " " + x.byteSize() + " "
                            + (x instanceof dev.faultline.layout.Slot.Field f ? f.path() : "--")));
            c.gains().forEach(System.out::println);
            c.contributions().forEach(System.out::println);
            c.robustness().trials().forEach(System.out::println);
            System.out.println(LayoutVerifier.complaints(s.layout(), c, Constraints.usual()));
        }
        Subject after = ((Lookup.Found) new KernelCatalog().find("rtable@6.4"))
                .subjects()
                .get(0);
        Suggestion g4 = new Suggester(new Analyzer(m, Catalog.RULES), new Effort(Long.getLong("eff", 4000000L)))
                .suggest(after, Constraints.usual());
        System.out.println("6.4: " + g4.today() + g4.certificate());
    }
}
