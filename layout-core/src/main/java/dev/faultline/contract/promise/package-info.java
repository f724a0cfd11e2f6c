/**
 * The promises a contract can make about a layout, one record each. A promise is judged over all placements it is asked for; a
 * promise that cannot be judged is an error, never a promise kept.
 */
@Internal
package dev.faultline.contract.promise;

import dev.faultline.api.Internal;
