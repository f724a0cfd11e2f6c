/**
 * Compares two layouts of a struct, or two whole sources: what moved, what got better, what got worse.
 *
 * <p>Fields are matched by name, not by offset. A change is worse when the fields of the old layout cost more, or when
 * written fields among them now share their lines with other fields. Size decides only when nothing else changed.
 */
package dev.faultline.compare;
