/**
 * Layouts as contestants. A {@code LayoutSuite} plans scenarios: for each phase of the profile and each place on a
 * line, the layouts with the operations their profiles state. After the run it sets what was measured beside what the
 * simulator predicts of the same operations.
 */
package dev.faultline.bench.layout;
