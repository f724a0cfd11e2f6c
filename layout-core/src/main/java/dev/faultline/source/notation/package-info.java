/** Reads layouts from notation: pahole's output, a mail, a C declaration. */
package dev.faultline.source.notation;
