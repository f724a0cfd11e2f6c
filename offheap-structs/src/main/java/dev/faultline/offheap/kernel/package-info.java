/**
 * The structs of the seed systems, declared field by field with explicit offsets and padding, with the profiles that ship
 * with them; together the built-in catalogue. Offsets are facts: read from BTF of distributed kernels for amd64 (5.10 and 6.1
 * for what 6.3 still had, 6.12 for what 6.4 brought; with XFRM, IP_ROUTE_CLASSID and LWTUNNEL, without
 * NET_DEV_REFCNT_TRACKER) and of a 6.18, or, where a kernel is older than BTF, taken from what its authors posted. What is
 * not told of a struct is a run named {@code undeclared_} and its offset. Nothing here touches off-heap memory, so that
 * looking at a struct starts fast.
 */
package dev.faultline.offheap.kernel;
