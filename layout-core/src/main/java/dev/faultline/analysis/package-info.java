/**
 * One struct analysed: {@link dev.faultline.analysis.Analyzer} takes a subject, a machine and the rules and returns an
 * {@link dev.faultline.analysis.Analysis}; {@link dev.faultline.analysis.ScalingCurve} is what the struct costs as
 * CPUs are added. Pure: no printing, no clock, no current machine.
 */
package dev.faultline.analysis;
