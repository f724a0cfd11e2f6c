/**
 * Finds better layouts of a struct. A struct is decomposed into the units that move as a whole, the touched fields
 * are packed onto lines, units are assigned offsets, and the result is a layout that a C compiler produces from a
 * declaration.
 */
@Internal
package dev.faultline.suggest.struct;

import dev.faultline.api.Internal;
