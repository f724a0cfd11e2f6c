/**
 * Runs a plan's forks by JMH and reads what they leave. Forks of all contestants alternate, and a round counts only
 * when the CPUs were free before and after it ({@code RoundRunner}). What a benchmark class needs in a fork is here
 * as well: pinned threads, counters, memory padded against false sharing.
 */
package dev.faultline.bench.harness;
