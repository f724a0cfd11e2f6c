/** Access files on the command line: where they come from, from profilers and from recorded programs. */
package dev.faultline.cli.access;
