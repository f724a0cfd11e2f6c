/**
 * The closed-form model: the steady state of operations that slow each other down, without random numbers or a clock.
 */
@Internal
package dev.faultline.cost.closedform;

import dev.faultline.api.Internal;
