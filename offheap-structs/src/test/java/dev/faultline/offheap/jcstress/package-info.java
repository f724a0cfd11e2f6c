/**
 * The guarantees of words on processors with weak memory ordering, tested by jcstress; and the test that runs all
 * jcstress tests of the module.
 */
package dev.faultline.offheap.jcstress;
