package dev.faultline.hazard;

import java.util.List;

/** Finds one kind of hazard. Implementations are final, stateless, and annotated with {@link Hazard}. */
public interface HazardRule {

    /**
     * Looks at one layout.
     *
     * @param examination layout, access, machine, placement
     * @return what is wrong, in order of offset of the first field; empty when nothing is
     */
    List<Finding> examine(RuleContext examination);

    /** {@return the name of the hazard: the simple name of the class} */
    default String id() {
        return getClass().getSimpleName();
    }

    /** {@return the annotation of the class} */
    default Hazard hazard() {
        return getClass().getAnnotation(Hazard.class);
    }
}
