/**
 * Layouts from BTF, the type format the Linux kernel carries in {@code /sys/kernel/btf/vmlinux} and in the {@code .BTF}
 * section of modules and BPF objects. Written here because no maintained library for it exists.
 *
 * <p>Opening a file indexes the type records; a struct is laid out when it is asked for. All kinds 1 to 19 are known; a
 * kind that is not known is stepped over when some length for it lets all the rest be read (see {@code BtfTypes}).
 * The format is described in the kernel's {@code Documentation/bpf/btf.rst}.
 */
package dev.faultline.source.btf;
