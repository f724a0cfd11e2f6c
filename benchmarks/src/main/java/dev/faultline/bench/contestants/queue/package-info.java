/**
 * Queues and the benchmark that runs them. A contestant implements
 * {@code QueueContestant}. A fork makes one contestant only, so that the compiler can inline it.
 */
package dev.faultline.bench.contestants.queue;
