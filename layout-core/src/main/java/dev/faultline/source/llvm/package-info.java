/**
 * Texts of LLVM IR as a source: layouts from their debug metadata, and what their functions do to each struct.
 */
@Internal
package dev.faultline.source.llvm;

import dev.faultline.api.Internal;
