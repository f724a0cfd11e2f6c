/**
 * Units of DWARF and their entries: headers, abbreviations, forms and attributes.
 *
 * <p>After the DWARF standard, versions 2 to 5, and GNU's extensions.
 */
@Internal
package dev.faultline.source.dwarf.entry;

import dev.faultline.api.Internal;
