/**
 * Assigns items to cache lines so that the sum of the line costs is least: a set partition problem over a cost
 * function that never falls when an item is added. It is solved by heuristics and column generation, which also gives
 * a lower bound. Independent of structs.
 */
@Internal
package dev.faultline.suggest.packing;

import dev.faultline.api.Internal;
