/**
 * The simulator, which plays accesses one by one through the caches of a machine. The same seed gives the same result,
 * bit for bit.
 */
package dev.faultline.cost.simulate;
