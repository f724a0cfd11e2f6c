/** The lists of what {@code faultline bench} can run. A new contestant is a class and a line in its suite. */
package dev.faultline.bench.suites;
