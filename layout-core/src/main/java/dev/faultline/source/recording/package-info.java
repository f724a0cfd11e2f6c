/** Layouts that a recording tells: blocks of memory of which no type is known, by what was touched of them. */
@Internal
package dev.faultline.source.recording;

import dev.faultline.api.Internal;
