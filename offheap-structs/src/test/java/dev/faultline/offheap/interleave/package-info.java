/**
 * Runs code that is built on words in every order of its steps. Threads are real, but only one runs at a time: it stops
 * before each access to a word, and a schedule chooses which thread is next. Orders are sequentially consistent; what
 * processors and compilers may reorder beyond that is tested by jcstress.
 */
package dev.faultline.offheap.interleave;
