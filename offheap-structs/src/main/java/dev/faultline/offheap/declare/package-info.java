/**
 * Structs declared in Java with nothing left to a compiler. A declaration makes a layout; that is all it knows, so that
 * looking at a struct starts fast and needs no off-heap memory.
 */
package dev.faultline.offheap.declare;
