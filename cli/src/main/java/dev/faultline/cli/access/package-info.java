/** Access files on the command line, and the profilers that they come from. */
package dev.faultline.cli.access;
