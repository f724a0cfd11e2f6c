/**
 * The result of a benchmark as plain data: the machine, the effort, the scores of every fork, ratios of contestants
 * with intervals, counted events per operation, predicted and published figures beside the measured ones; or the
 * reason why there are no scores. Times are ns per operation of one thread. Nothing here runs a benchmark.
 */
@Internal
package dev.faultline.measure;

import dev.faultline.api.Internal;
