/**
 * Better layouts, with a proof of how good they are. A struct is taken apart into the units that move as a whole, the fields
 * somebody touches are packed onto lines (an abstract problem with a lower bound of its own), and the answer is put back
 * together as a layout that C would lay out so. Answers are a short list of trades between cost, size and lines.
 */
package dev.faultline.reorder;
