/**
 * The hardware as an argument: line size, pair size, page size, CPUs and sockets, each with where the number came from;
 * presets; detection of the machine at hand; and placement, the question in how many of the addresses an allocator may
 * give two ranges of bytes meet on one line. No constant 64 stands anywhere else.
 */
package dev.faultline.machine;
