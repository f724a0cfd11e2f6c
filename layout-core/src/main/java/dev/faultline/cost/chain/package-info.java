/** The exact Markov chain of a compare-and-set loop that all CPUs run on one word. */
package dev.faultline.cost.chain;
