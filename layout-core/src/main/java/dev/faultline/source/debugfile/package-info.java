/**
 * Finds the files with the debug information of a binary that has it not, or not all of it, by the rules of gdb. Files
 * are looked for on this machine; nothing is fetched.
 */
@Internal
package dev.faultline.source.debugfile;

import dev.faultline.api.Internal;
