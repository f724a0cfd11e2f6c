/**
 * The façade: {@link dev.faultline.Analyzer} takes a subject, a machine and the rules and gives an
 * {@link dev.faultline.Analysis}. Everything below it is pure: no printing, no clock, no current machine.
 */
package dev.faultline;
