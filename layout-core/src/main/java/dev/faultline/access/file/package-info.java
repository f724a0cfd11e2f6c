/**
 * The access file: what a recorder or a profiler saw, one JSON object a line, so that any engine reads it. The first
 * line says of which run the rest is; each further line says how often one role did one thing to one field.
 *
 * <p>{@link dev.faultline.access.file.AccessFileReader} and {@link dev.faultline.access.file.AccessFileWriter} read and
 * write it, {@link dev.faultline.access.file.AccessFile#merge} adds runs up, and
 * {@link dev.faultline.access.file.ObservedProfile} makes a profile of it.
 */
@Internal
package dev.faultline.access.file;

import dev.faultline.api.Internal;
