/**
 * Structs that the classes of a program declare for memory outside of Java objects: as constants of offsets, as layouts
 * of {@code java.lang.foreign}, or by the offsets that accessor methods use. Static initialisers are evaluated from
 * their bytecode; no class is loaded and nothing of it is run.
 */
package dev.faultline.source.jvm.declared;
