/**
 * Two threads that share a line, or not: kinds of operations, with gaps between them, played by real threads and by the
 * simulator. {@code calibrate} fits a machine's costs to some of these times; the whole grid shows how well the model
 * then predicts the others. Scripts are those of {@code bench.layout.loop}, with the operation repeated, so that
 * calling it hardly counts. Nothing here prints, and no test asserts times.
 */
package dev.faultline.bench.grid;
