/**
 * What functions of LLVM IR do to which bytes of which struct, and from that the operations of each struct in the words
 * of {@code access.code}.
 */
@Internal
package dev.faultline.source.llvm.code;

import dev.faultline.api.Internal;
