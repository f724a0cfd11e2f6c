/** The simulator, which plays accesses one by one through the caches of a machine. */
package dev.faultline.cost.simulate;
