/**
 * The promises a contract can make about a layout, one record each. A promise is checked in all requested placements;
 * a promise that cannot be checked is an error and never counts as kept.
 */
package dev.faultline.contract.promise;
