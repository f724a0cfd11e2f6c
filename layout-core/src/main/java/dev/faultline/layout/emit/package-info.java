/**
 * Writes a layout as a declaration: C, Java, notation, or a diff of the source that declares it. What a language cannot
 * express is refused or noted.
 */
@Internal
package dev.faultline.layout.emit;

import dev.faultline.api.Internal;
