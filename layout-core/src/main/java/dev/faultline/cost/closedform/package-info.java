/**
 * The closed form: the steady state of operations that slow each other down, computed without randomness and without a clock.
 */
package dev.faultline.cost.closedform;
