/**
 * Which role uses which field, how, and how often. A profile lists operations: the accesses of one operation of one
 * role, in order, with the rate. It comes from a YAML file, from a source that ships one, or is guessed from field
 * types. An {@link dev.faultline.access.AccessMap} is a profile resolved against one layout, and tells which of the
 * three it was.
 */
package dev.faultline.access;
