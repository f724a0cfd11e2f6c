/**
 * What words promise on weak machines, tested by jcstress; and the test that runs all of the module's jcstress tests.
 */
package dev.faultline.offheap.jcstress;
