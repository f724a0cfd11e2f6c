/**
 * The writable data of a program as layouts: {@link dev.faultline.source.data.DataRun} is the sections that lie
 * together,
 * {@link dev.faultline.source.data.DataLayout} their variables at their addresses, and
 * {@link dev.faultline.source.data.ProgramData} all of a file.
 */
@Internal
package dev.faultline.source.data;

import dev.faultline.api.Internal;
