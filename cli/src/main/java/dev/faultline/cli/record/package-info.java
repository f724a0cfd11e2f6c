/** Recording a Java program: the command, and the program that is run with the agent in it. */
package dev.faultline.cli.record;
