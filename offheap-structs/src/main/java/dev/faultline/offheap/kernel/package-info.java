/**
 * The structs of the seed systems, declared field by field with explicit offsets and padding, with the profiles that ship
 * with them; together the built-in catalogue. Offsets are facts read from BTF of distributed kernels (5.10 and 6.1 for
 * what 6.3 still had, 6.12 for what 6.4 brought), amd64, with XFRM, IP_ROUTE_CLASSID and LWTUNNEL, without
 * NET_DEV_REFCNT_TRACKER. Nothing here touches off-heap memory, so that looking at a struct starts fast.
 */
package dev.faultline.offheap.kernel;
