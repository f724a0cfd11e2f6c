/**
 * Finds the CPUs of this process, keeps threads on them, and checks that nothing else uses them. A busy neighbour makes
 * sharing a line look free, so whatever measures checks this before and after, and gives no result rather than a
 * wrong one.
 */
package dev.faultline.bench.cores;
