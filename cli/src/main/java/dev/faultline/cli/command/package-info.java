/**
 * One class a subcommand. A command takes what was typed, resolves it to a request in which nothing is left to look up,
 * and runs that. What it needs of the world comes in {@link dev.faultline.cli.command.Surroundings}.
 */
package dev.faultline.cli.command;
