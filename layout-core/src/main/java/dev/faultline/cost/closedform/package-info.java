/**
 * The closed-form model, which computes the steady state of operations that slow each other down, without random
 * numbers and without a clock.
 */
package dev.faultline.cost.closedform;
