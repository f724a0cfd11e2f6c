/**
 * The text form of a layout: pahole's dialect of C, read and written. Offsets win over declaration order; a declaration
 * without offsets is laid out by the rules of an ABI; what contradicts itself is refused with its line number. The
 * writer takes margin notes for each slot from its caller and knows nothing of what they say.
 */
package dev.faultline.layout.notation;
