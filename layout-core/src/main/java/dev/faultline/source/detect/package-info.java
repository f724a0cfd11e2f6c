/**
 * Opens whatever a person names as a source. The kind is told by the first bytes, never by the name, so a vmlinux, a
 * BTF file and a mail with pahole's text in it are all just files; two words stand for what has no file of its own.
 */
package dev.faultline.source.detect;
