package dev.faultline.coherence;

/**
 * One access of a task.
 *
 * @param field index of the field in the workload
 * @param primitive what is done
 * @param gapNanos time since the previous access of the task was done
 * @param ownElement whether each CPU touches an element of its own of this array
 */
public record Step(int field, Primitive primitive, double gapNanos, boolean ownElement) {}
