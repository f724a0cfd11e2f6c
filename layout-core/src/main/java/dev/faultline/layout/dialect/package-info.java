/**
 * Reads layouts from texts that other tools print and that are not C: clang's record layouts, rustc's type sizes, Go's
 * structlayout. Each dialect is recognised by its own lines, so that prose around them does no harm.
 */
@Internal
package dev.faultline.layout.dialect;

import dev.faultline.api.Internal;
