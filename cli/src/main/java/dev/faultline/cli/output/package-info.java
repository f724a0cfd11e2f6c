/** Files that the program writes: they appear complete or not at all, and never through a link that is not trusted. */
package dev.faultline.cli.output;
