/** Reads layouts of Java objects from what JOL and HotSpot print about them. */
@Internal
package dev.faultline.layout.object;

import dev.faultline.api.Internal;
