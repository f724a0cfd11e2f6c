/**
 * Checks the results of the search from bytes and costs alone: a packing with its lower bound, and a candidate
 * layout. No code of the search is used here, so an error in it cannot hide itself.
 */
@Internal
package dev.faultline.suggest.verify;

import dev.faultline.api.Internal;
