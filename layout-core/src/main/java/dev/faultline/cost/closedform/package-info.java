/**
 * The closed form: the steady state of operations that slow each other down, computed without randomness and without a clock.
 */
@Internal
package dev.faultline.cost.closedform;

import dev.faultline.api.Internal;
