package dev.faultline.hazard;

import dev.faultline.api.Internal;
import java.util.List;

/** Finds one kind of hazard. Implementations are final, stateless, and annotated with {@link Hazard}. */
@Internal
public interface HazardRule {

    /**
     * Examines one layout.
     *
     * @param context layout, accesses, machine and placement
     * @return the findings, in order of offset of the first field; empty when there is no such hazard
     */
    List<Finding> examine(RuleContext context);

    /** {@return the name of the hazard: the simple name of the class} */
    default String id() {
        return getClass().getSimpleName();
    }

    /** {@return the annotation of the class} */
    default Hazard hazard() {
        return getClass().getAnnotation(Hazard.class);
    }
}
