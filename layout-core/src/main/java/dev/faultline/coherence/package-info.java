/**
 * What sharing a line costs. Three answers to one question, so that each can be held against the others: the closed form
 * ({@link dev.faultline.cost.closedform.CostModel}), deterministic and fast enough to be asked about every finding; the event
 * simulator ({@link dev.faultline.cost.simulate.Simulator}), which plays the accesses one by one; and the exact chain of a
 * compare-and-set loop ({@link dev.faultline.cost.chain.RetryChain}).
 *
 * <p>All three take a {@link dev.faultline.cost.Workload} (who does what how often, bound to CPUs) and a
 * {@link dev.faultline.cost.LineMap} (which line each field is on), never a layout: a layout is one way among others
 * to say which fields meet.
 */
package dev.faultline.coherence;
