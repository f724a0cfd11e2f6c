/**
 * What instrumented classes call, on the bootstrap class path so that every class loader that asks its parent finds it.
 * It uses the JDK alone, calls no code of the program, and lets no exception out.
 */
package dev.faultline.recorder.run;
