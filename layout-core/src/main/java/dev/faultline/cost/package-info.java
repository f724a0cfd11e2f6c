/**
 * What sharing a line costs: who does what how often ({@link dev.faultline.cost.Workload}), which line each field is on
 * ({@link dev.faultline.cost.LineMap}, never a layout: a layout is one of several ways to say which fields share a line), and
 * what an operation costs. Three models answer, so that each can be checked against the others: {@code cost.closedform},
 * deterministic and fast enough for every finding; {@code cost.simulate}, which plays the accesses one by one; and
 * {@code cost.chain}, the exact chain of a compare-and-set loop.
 */
package dev.faultline.cost;
