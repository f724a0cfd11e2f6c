/** The exact Markov chain of a compare-and-set loop that all CPUs run on one word. */
@Internal
package dev.faultline.cost.chain;

import dev.faultline.api.Internal;
