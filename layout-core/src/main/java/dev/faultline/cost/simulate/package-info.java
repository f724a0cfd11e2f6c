/** The simulator, which plays accesses one by one through the caches of a machine. */
@Internal
package dev.faultline.cost.simulate;

import dev.faultline.api.Internal;
