/**
 * Errors in input: one exception that names the file, the place, what was expected and what was found; the nearest
 * known names; text made safe to show; patterns of names and paths; YAML with limits. Every reader uses these, so that
 * all report errors alike.
 */
package dev.faultline.input;
