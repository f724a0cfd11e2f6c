/**
 * What a benchmark is, as plain data: a plan, what its forks measured, and the comparison that reports show. Nothing
 * here runs anything.
 *
 * <p>A {@code Suite} lists contestants and scenarios. A {@code BenchPlan} is the part of it that is run, with how
 * much of each. {@code BenchMeasurements} hold the samples in the plan's order, and {@code BenchComparison} turns
 * them into a {@code Benchmark} to show.
 */
package dev.faultline.bench.plan;
