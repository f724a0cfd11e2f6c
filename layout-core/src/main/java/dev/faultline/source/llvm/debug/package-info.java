/**
 * The debug metadata of LLVM IR: what code needs to know of its types, and the same metadata as DWARF, from which
 * layouts are made as from that of a binary.
 */
@Internal
package dev.faultline.source.llvm.debug;

import dev.faultline.api.Internal;
