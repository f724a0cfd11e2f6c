/**
 * The structs of the seed systems, declared with explicit offsets and padding, and the profiles that come with them:
 * the built-in catalogue. The offsets are facts. They were read from the BTF of distributed kernels for amd64 (5.10;
 * 6.1 for what 6.3 still had; 6.12 for what 6.4 added; with XFRM, IP_ROUTE_CLASSID and LWTUNNEL, without
 * NET_DEV_REFCNT_TRACKER) and of a 6.18 kernel; for kernels older than BTF they come from what the authors posted.
 * Bytes of unknown content are fields named {@code undeclared_} and their offset. Nothing here uses off-heap memory, so
 * inspecting a struct starts fast.
 */
package dev.faultline.offheap.kernel;
