/**
 * The types of DWARF: keys by their content, names as people write them, and records that need no unit any more.
 */
@Internal
package dev.faultline.source.dwarf.type;

import dev.faultline.api.Internal;
