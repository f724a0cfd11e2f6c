/**
 * Computes the offsets of members as a C compiler does: the System V ABI for x86-64 as gcc implements it, with {@code
 * packed} and {@code aligned}. Used for declarations without offset comments.
 */
@Internal
package dev.faultline.layout.abi;

import dev.faultline.api.Internal;
