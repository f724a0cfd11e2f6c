/**
 * Reads what profilers print into access files: the texts of Linux perf, whole or as pasted in a mail, and the JSON of
 * valgrind's DHAT. An {@link dev.faultline.access.perf.AccessCollector} gives every access a type and a field, by what
 * the profiler says or by its address, adds up what is alike, and counts what has no type.
 */
@Internal
package dev.faultline.access.perf;

import dev.faultline.api.Internal;
