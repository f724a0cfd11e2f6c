/**
 * Benchmark results as plain data: what was run, how often and on which machine, the scores of each fork, ratios
 * between contestants with intervals, counters per operation, published figures for comparison, or the reason why
 * there is no result. Times are ns per operation of one thread. Nothing here runs a benchmark.
 */
package dev.faultline.measure;
