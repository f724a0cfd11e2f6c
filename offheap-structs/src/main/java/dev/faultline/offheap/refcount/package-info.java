/**
 * Reference counts in off-heap memory. {@code Rcuref} is one word that is added to and never retried; {@code CasCount}
 * is the count it replaced, kept for comparison. {@code PercpuRef} and {@code DynamicRef} count per stripe while the
 * object lives. {@code DeviceCount} and {@code SharedDeviceCount} are two counts of network devices.
 */
package dev.faultline.offheap.refcount;
