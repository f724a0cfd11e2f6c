/**
 * The simulator: accesses are played one by one through the caches of a machine. The same seed gives the same result, bit for
 * bit.
 */
@Internal
package dev.faultline.cost.simulate;

import dev.faultline.api.Internal;
