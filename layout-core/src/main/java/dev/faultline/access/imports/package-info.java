/**
 * Profiles out of what other people have written down or measured. An importer reads one such form, says with file and line
 * what in it makes no sense, and gives a {@link dev.faultline.access.Profile}; comments of the original are not copied.
 *
 * <p>{@link dev.faultline.access.imports.NetCachelines} reads the Linux kernel's tables of who uses which field of a
 * networking struct, {@link dev.faultline.access.imports.FastPaths} makes them a profile.
 */
package dev.faultline.access.imports;
