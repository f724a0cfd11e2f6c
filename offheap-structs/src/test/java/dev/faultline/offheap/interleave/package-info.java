/**
 * Runs what is built on words in every order of its steps. Threads are real, but only one runs at a time: it stops
 * before each access to a word, and the next to go is chosen by a schedule. Orders are sequentially consistent; what a
 * processor or a compiler may reorder besides is for jcstress.
 */
package dev.faultline.offheap.interleave;
