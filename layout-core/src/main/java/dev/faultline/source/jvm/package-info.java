/**
 * Reads class files and computes the layout of instances, for a VM that need not be the running one.
 *
 * <p>HotSpot decides the layout of a class when it loads it. The running VM can tell only its own layouts, after
 * loading the class; JOL's simulation is wrong for {@code @Contended} and for JDK 25. So this package has its own
 * model, for a VM described by {@link dev.faultline.source.jvm.VmMode}. Class files are read, never loaded; no user
 * code runs. Only {@link dev.faultline.source.jvm.ClassSource#verify} loads a class, without initialising it, and asks
 * JOL, to test the model.
 *
 * <p>Data flows from a store of class files ({@code ClassStore}) to a class ({@code ClassFile}), to its superclasses
 * ({@code Hierarchy}), to offsets ({@code FieldModel}, {@code FieldAllocator}), to a {@code StructLayout} ({@code
 * ObjectLayout}). Inside the package classes have internal names ({@code com/acme/Ring}), outside it external ones.
 */
package dev.faultline.source.jvm;
