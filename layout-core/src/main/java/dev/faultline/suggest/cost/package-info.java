/**
 * Costs for the search: the cost of a line with given fields, in a closed form that is fast enough to be evaluated
 * millions of times; a lower bound that ignores all constraints; and the costs under other assumptions.
 */
@Internal
package dev.faultline.suggest.cost;

import dev.faultline.api.Internal;
