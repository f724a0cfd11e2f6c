/**
 * Which items share which lines, so that the lines cost least in sum: a set partition problem over a cost function that
 * never falls when an item is added. Solved by heuristics and column generation, with a lower bound. Knows no structs.
 */
package dev.faultline.suggest.packing;
