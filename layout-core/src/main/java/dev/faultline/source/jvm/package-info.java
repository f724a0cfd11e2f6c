/**
 * Java classes as a source of layouts: a class file in, the bytes of its instances out, for a VM that need not be the
 * running one.
 *
 * <p>HotSpot lays a class out when it loads it, so the bytes are written nowhere. Asking the running VM answers only
 * for that VM and only after loading the class; asking JOL's simulation answers wrongly for {@code @Contended} and for
 * JDK 25. So this package has a model of its own: {@link dev.faultline.source.jvm.VmMode} says which VM, the class file
 * says which fields, and the model says where they go. Class files are read, never loaded; no code of the user runs.
 * Only {@link dev.faultline.source.jvm.ClassSource#verify} loads a class (without initialising it) and asks JOL, to
 * hold the model against the truth.
 *
 * <p>Way through: store of class files ({@code ClassStore}) → one class ({@code ClassFile}) → it and its superclasses
 * ({@code Hierarchy}) → offsets ({@code FieldModel}, {@code FieldSpace}) → {@code StructLayout} ({@code ObjectLayout}).
 * Inside the package classes bear their internal names ({@code com/acme/Ring}), outside it the usual ones.
 */
package dev.faultline.source.jvm;
