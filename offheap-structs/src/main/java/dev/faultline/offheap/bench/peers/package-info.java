/** Contestants made of other people's libraries, which nothing else here may use. */
package dev.faultline.offheap.bench.peers;
