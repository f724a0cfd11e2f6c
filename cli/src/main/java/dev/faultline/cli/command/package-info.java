/** The commands, one class each, and what begins their reports. */
package dev.faultline.cli.command;
