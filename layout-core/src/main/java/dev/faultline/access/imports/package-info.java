/**
 * Makes a {@link dev.faultline.access.Profile} from other descriptions of who accesses which field. Errors name file
 * and line; comments of the original are not copied.
 *
 * <p>{@link dev.faultline.access.imports.NetCachelines} reads the Linux kernel's tables of the fields of networking
 * structs, {@link dev.faultline.access.imports.FastPaths} turns them into a profile.
 */
@Internal
package dev.faultline.access.imports;

import dev.faultline.api.Internal;
