/**
 * Better layouts of Java classes, by what their author can do about them: the VM orders the fields of a class, so fields that
 * should be apart are spread over a chain of superclasses with padding classes between. What comes of it is laid out by the
 * model of the VM, for every VM asked for, and only what is better there is offered.
 */
package dev.faultline.reorder.jvm;
