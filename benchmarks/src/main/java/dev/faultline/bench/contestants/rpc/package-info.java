/**
 * Sockets whose packets are allocated and freed in different ways, and the benchmark that runs them. A contestant
 * implements {@code RpcContestant}. A fork makes one contestant only, so that the compiler can inline it.
 */
package dev.faultline.bench.contestants.rpc;
