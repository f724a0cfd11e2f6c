/**
 * Whether the CPUs that are measured on are free, and threads kept on them. A busy neighbour makes sharing a line look
 * free, so whatever measures asks here before and after, and says nothing rather than something wrong.
 */
package dev.faultline.offheap.cores;
