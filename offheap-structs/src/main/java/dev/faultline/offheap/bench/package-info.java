/**
 * What the structures cost beside what a Java program would use instead. The only package that knows JMH, which is an
 * optional dependency, as are the peers in {@code peers}: nothing here is needed to use the structures.
 *
 * <p>{@code Suites} is the list of what can be run. A contestant is a class with a public constructor without parameters
 * that implements the interface of its suite ({@code CountContestant}, {@code QueueContestant}, {@code PoolContestant}),
 * and one line in that list; the loop that is timed is the suite's and the same for all. {@code Bench} runs a suite: forks
 * of all contestants alternate, and a round counts only when the CPUs were free before and after it.
 */
package dev.faultline.offheap.bench;
