/**
 * The façade: {@link dev.faultline.Analyzer} takes a subject, a machine and the rules and gives an
 * {@link dev.faultline.Analysis}. The packages below it are pure: they do not print, and read neither the clock nor the
 * current machine.
 */
package dev.faultline;
