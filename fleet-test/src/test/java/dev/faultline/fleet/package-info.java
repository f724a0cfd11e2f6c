/** The SQL of docs/fleet.md, run by the engines that it is for. */
package dev.faultline.fleet;
