/**
 * Reads the record layouts that clang prints with {@code -fdump-record-layouts}, and computes the sizes that clang
 * leaves out from those of the types around them.
 */
@Internal
package dev.faultline.layout.dialect.clang;

import dev.faultline.api.Internal;
