/** The types and variables of a program without the bytes of its units: what layouts are made of. */
@Internal
package dev.faultline.source.dwarf.record;

import dev.faultline.api.Internal;
