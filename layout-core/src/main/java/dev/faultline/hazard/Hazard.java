package dev.faultline.hazard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is fixed about a rule: the line its page opens with, and how bad its findings are at most. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Hazard {
    /** {@return one line: no capital, no full stop, at most 80 characters; the third line of the page} */
    String summary();

    /** {@return the severity of a finding that rests on a declared profile} */
    Severity severity();
}
