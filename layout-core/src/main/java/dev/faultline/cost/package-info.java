/**
 * The cost of sharing lines. {@link dev.faultline.cost.Workload} says which tasks run how often, and {@link
 * dev.faultline.cost.LineMap} on which line each field is; it is not a layout, since a layout is only one of several
 * ways to assign fields to lines. Three models compute the cost of an operation and can be checked against each other:
 * {@code cost.closedform} is deterministic and fast enough for every finding, {@code cost.simulate} plays the accesses
 * one by one, and {@code cost.chain} solves the Markov chain of a compare-and-set loop exactly.
 */
package dev.faultline.cost;
