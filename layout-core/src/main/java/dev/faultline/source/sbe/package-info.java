/** Reads schemas of FIX Simple Binary Encoding: messages, entries of groups and composites, as structs. */
@Internal
package dev.faultline.source.sbe;

import dev.faultline.api.Internal;
