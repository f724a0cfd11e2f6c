/**
 * Who does what to which field how often. A profile lists operations, not pairs: what one operation of one role touches,
 * in order, with rates. It comes from a YAML file, from a source that ships one, or is inferred from types; an
 * {@link dev.faultline.access.AccessMap} is a profile resolved against one layout, and says which it was.
 */
package dev.faultline.access;
