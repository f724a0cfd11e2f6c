/**
 * Reference counts and the benchmark that runs them. A contestant is a class with a public constructor
 * without parameters that implements {@code CountContestant}. A fork loads one of them only, so that the compiler can inline it.
 */
package dev.faultline.bench.contestants.refcount;
