/**
 * Structs declared in Java with explicit offsets. A declaration only makes a layout, so inspecting a struct starts fast
 * and needs no off-heap memory.
 */
package dev.faultline.offheap.declare;
