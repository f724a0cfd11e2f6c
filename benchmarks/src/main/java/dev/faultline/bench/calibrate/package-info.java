/**
 * Measures what moving a line costs on the machine at hand: presets are of other machines, and the costs cannot be read
 * anywhere. Timed loops on pinned threads give raw figures in rounds ({@code CalibrationRun}), those of two threads
 * that share a line as in the grid. A pure function ({@code MachineFit}) turns them into a machine, with the median,
 * quartiles and number of rounds as the source of each figure, or into the reason why they are worth nothing: with a
 * busy neighbour, sharing a line looks free. Costs that no loop shows alone are those at which a model has the measured
 * times ({@code SharingFit}). Only the loops read clocks, and no test asserts times.
 */
package dev.faultline.bench.calibrate;
