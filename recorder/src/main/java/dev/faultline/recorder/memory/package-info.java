/**
 * Memory off the heap: which blocks are allocated, where buffers and segments lie in them, and what the VM tells of its
 * arrays. It uses the JDK alone and calls no code of the program.
 */
package dev.faultline.recorder.memory;
