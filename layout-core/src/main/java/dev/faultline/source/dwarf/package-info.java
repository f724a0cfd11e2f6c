/**
 * Layouts from DWARF debug information. No library is used: there is none in Java that is kept and reads types.
 */
@Internal
package dev.faultline.source.dwarf;

import dev.faultline.api.Internal;
