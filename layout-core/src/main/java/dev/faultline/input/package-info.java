/**
 * What is said about input that is broken or misspelt: one exception that names the file, the place, what was
 * expected and what was found, and one way of finding the nearest known name. Every reader uses these two, so
 * that all readers complain alike. YAML is read here for all files that people write, so that it too is bounded and
 * complained about in one way. What a terminal would act on is escaped in one way, too, wherever a name is shown.
 */
package dev.faultline.input;
