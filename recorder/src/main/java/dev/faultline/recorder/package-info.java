/** The Java agent that counts which thread touches which field. {@code faultline record} starts it. */
package dev.faultline.recorder;
