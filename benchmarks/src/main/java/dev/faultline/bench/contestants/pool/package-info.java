/**
 * Pools of records and the benchmark that runs them. A contestant implements
 * {@code PoolContestant}. A fork makes one contestant only, so that the compiler can inline it.
 */
package dev.faultline.bench.contestants.pool;
