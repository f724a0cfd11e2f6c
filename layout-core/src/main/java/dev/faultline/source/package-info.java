/**
 * Where layouts come from: a name in, a {@link dev.faultline.source.Subject} or a stated reason out. One sub-package a
 * format; a source's kind is found by its content, never by its file name.
 */
package dev.faultline.source;
