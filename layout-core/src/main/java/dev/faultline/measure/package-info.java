/**
 * What a benchmark found, as plain data: what was run how often on what, the scores of every fork, ratios between
 * contestants with intervals, counts an operation, published figures to hold beside the measured ones, or the reason why it
 * says nothing. Times are ns an operation of one thread. Nothing here runs anything.
 */
package dev.faultline.measure;
