/**
 * Checks of what the search returns, from the bytes and the costs alone: of a packing with its lower bound, and of a candidate
 * layout. Nothing of the search is used here, so that an error in it cannot hide.
 */
package dev.faultline.suggest.verify;
