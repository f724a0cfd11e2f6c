/** Benchmarks of the readers and the analysis; run by hand, recorded in {@code docs/performance.md}. */
package dev.faultline.benchmark;
