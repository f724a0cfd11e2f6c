/**
 * What moving a line costs on the machine at hand, measured, because it cannot be read anywhere and presets are other
 * machines. Loops with threads pinned where that is possible give rounds of raw figures ({@code Measuring}); a pure
 * function turns them into a machine with each figure's median, quartiles and number of rounds as its source ({@code
 * Analysis}), or into the reason why they are worth nothing: on cores that are not free, a busy neighbour makes sharing a
 * line look free. Only the loops know clocks, and no test asserts what they say.
 */
package dev.faultline.offheap.calibrate;
