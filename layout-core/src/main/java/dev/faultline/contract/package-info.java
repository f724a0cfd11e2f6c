/**
 * Promises about a layout, and whether they are kept. A contract is a file beside the code: which structs, from which source,
 * at which line sizes and placements, and what is promised of each. Every {@link dev.faultline.contract.promise.Promise} is judged
 * over all placements it is asked for; a promise that cannot be judged is an error, never a promise kept. What is read and
 * judged here is the same for {@code faultline check} and for tests ({@code dev.faultline.assertion}).
 */
package dev.faultline.contract;
