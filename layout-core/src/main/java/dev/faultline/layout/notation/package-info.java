/**
 * Lays out what a text in pahole's dialect of C declares, and writes layouts in that dialect. Offset comments take
 * precedence over declaration order; a declaration without them is laid out by the rules of an ABI; inconsistent text
 * is refused with its line number. The writer takes notes for each field from its caller.
 */
@Internal
package dev.faultline.layout.notation;

import dev.faultline.api.Internal;
