/**
 * The hardware that an analysis assumes: line, pair and page size, CPUs and sockets, costs, each with its source.
 * Presets, machine files, detection of the present machine, and placements: at which addresses a struct may start, and
 * in how many of them two ranges share a line.
 */
package dev.faultline.machine;
