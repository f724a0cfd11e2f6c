/** The text of LLVM IR: types, global variables, functions with their instructions, and metadata. */
@Internal
package dev.faultline.source.llvm.text;

import dev.faultline.api.Internal;
