/** Unpacks compressed files and sections, with limits on memory and time. */
@Internal
package dev.faultline.source.compression;

import dev.faultline.api.Internal;
