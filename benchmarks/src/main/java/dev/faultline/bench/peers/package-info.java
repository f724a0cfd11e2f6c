/** Contestants made of other libraries. No other package may use those libraries. */
package dev.faultline.bench.peers;
