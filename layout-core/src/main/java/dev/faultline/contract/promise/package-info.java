/**
 * The promises a contract can make about a layout, one record each. A promise is checked in all requested placements;
 * a promise that cannot be checked is an error and never counts as kept.
 */
@Internal
package dev.faultline.contract.promise;

import dev.faultline.api.Internal;
