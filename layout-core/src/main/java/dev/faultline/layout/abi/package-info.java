/**
 * Where a C compiler puts members: the System V ABI of x86-64, as gcc follows it, with {@code packed} and {@code aligned}.
 * Takes members without offsets and gives a layout; used for declarations that carry no offset comments.
 */
package dev.faultline.layout.abi;
