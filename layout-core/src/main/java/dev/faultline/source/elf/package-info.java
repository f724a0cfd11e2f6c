/**
 * The header of an ELF file and its sections by name, with limits on memory and time. The Java library jelf 0.12 is not
 * used because it allocates whatever a section header claims: one flipped bit costs 2 GB.
 */
@Internal
package dev.faultline.source.elf;

import dev.faultline.api.Internal;
