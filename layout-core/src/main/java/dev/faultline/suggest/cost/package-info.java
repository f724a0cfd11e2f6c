/**
 * What a line costs with given fields on it, for the search: a closed form that is simple enough to be asked millions of
 * times, a bound that ignores all constraints, and the costs under other assumptions.
 */
package dev.faultline.suggest.cost;
