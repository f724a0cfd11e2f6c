/** Finds the functions of a unit of DWARF that have code at addresses. */
@Internal
package dev.faultline.source.dwarf.function;

import dev.faultline.api.Internal;
