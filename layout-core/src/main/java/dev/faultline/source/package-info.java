/**
 * Sources of layouts: they find a {@link dev.faultline.source.Subject} by its name, or say why there is none. Each
 * format has a sub-package; the kind of a source is detected by its content, never by its file name.
 */
package dev.faultline.source;
