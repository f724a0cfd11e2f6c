/** Layouts from a text in layout notation: a dump of pahole, a mail, a C declaration. */
package dev.faultline.source.notation;
