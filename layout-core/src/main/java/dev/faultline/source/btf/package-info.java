/**
 * Reads layouts from BTF, the type format of the Linux kernel: {@code /sys/kernel/btf/vmlinux}, and the {@code .BTF}
 * section of modules and BPF objects. No maintained Java library reads it.
 *
 * <p>Opening a file indexes the type records; a struct is laid out when it is first asked for. Kinds 1 to 19 are known;
 * a record of another kind is skipped when a length for it makes the rest readable (see {@code BtfTypes}). The format
 * is described in the kernel's {@code Documentation/bpf/btf.rst}.
 */
@Internal
package dev.faultline.source.btf;

import dev.faultline.api.Internal;
