/**
 * Sockets whose packets are allocated and freed in different ways, and the benchmark that runs them. A contestant is a class with a public constructor
 * without parameters that implements {@code RpcContestant}. A fork loads one of them only, so that the compiler can inline it.
 */
package dev.faultline.bench.contestants.rpc;
