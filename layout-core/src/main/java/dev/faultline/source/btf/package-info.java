/**
 * Reads layouts from BTF, the type format of the Linux kernel: {@code /sys/kernel/btf/vmlinux}, and the {@code .BTF}
 * section of modules and BPF objects. No maintained Java library reads it.
 *
 * <p>Opening a file indexes the type records; a struct is laid out when it is first asked for. Files of both byte
 * orders and of 32 and 64 bits are read, and files that continue another, if they fit it (see {@code BtfFit}). Kinds 1
 * to 19
 * are known; a record of another kind is skipped when the file states its length, or when only one length makes the
 * rest readable (see {@code BtfIndex}); it is counted among what was not read. The format
 * is described in the kernel's {@code Documentation/bpf/btf.rst}.
 */
@Internal
package dev.faultline.source.btf;

import dev.faultline.api.Internal;
