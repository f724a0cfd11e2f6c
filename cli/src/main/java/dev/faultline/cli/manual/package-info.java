/** Manual pages and completion files, which the build makes from the commands for the distribution. */
package dev.faultline.cli.manual;
