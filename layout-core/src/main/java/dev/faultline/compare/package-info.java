/**
 * Two layouts of a struct, or two whole sources: what moved, what got better, what got worse.
 *
 * <p>Fields are known by their names, never by their offsets. Whether a change is for the worse is asked of what was there
 * before: does it cost more, or does a written field now share its line with what it was kept from? Size decides nothing
 * unless nothing else changed.
 */
package dev.faultline.compare;
