/** Reads layouts of Java objects from what JOL and HotSpot print, and of memory layouts from what they print. */
@Internal
package dev.faultline.layout.object;

import dev.faultline.api.Internal;
