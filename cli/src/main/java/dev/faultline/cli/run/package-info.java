/**
 * What several commands need to run: the context, options resolved to what they stand for, the structs that arguments
 * name, analyses on every CPU, progress and the reports of failures.
 */
package dev.faultline.cli.run;
