package dev.faultline.hazard;

import dev.faultline.api.Internal;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Summary and highest severity of a rule. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Internal
public @interface Hazard {
    /** {@return one line: no capital, no full stop, at most 80 characters; the third line of the rule's page} */
    String summary();

    /** {@return the highest severity of its findings, which those of a declared profile can have} */
    Severity severity();
}
