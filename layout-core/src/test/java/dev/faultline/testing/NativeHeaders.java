package dev.faultline.testing;

import java.util.List;
import java.util.stream.Collectors;

/** Headers of the C library and of Linux, for tests that need many types which people use. */
public final class NativeHeaders {

    private static final List<String> HEADERS = List.of(
            "stdio.h",
            "stdlib.h",
            "pthread.h",
            "semaphore.h",
            "signal.h",
            "time.h",
            "aio.h",
            "dirent.h",
            "fcntl.h",
            "ftw.h",
            "glob.h",
            "grp.h",
            "locale.h",
            "mqueue.h",
            "netdb.h",
            "poll.h",
            "pwd.h",
            "regex.h",
            "resolv.h",
            "sched.h",
            "search.h",
            "setjmp.h",
            "shadow.h",
            "spawn.h",
            "termios.h",
            "threads.h",
            "ucontext.h",
            "utmpx.h",
            "wordexp.h",
            "link.h",
            "elf.h",
            "arpa/inet.h",
            "arpa/nameser.h",
            "net/if.h",
            "net/if_arp.h",
            "net/route.h",
            "netinet/in.h",
            "netinet/ip.h",
            "netinet/ip6.h",
            "netinet/ip_icmp.h",
            "netinet/icmp6.h",
            "netinet/tcp.h",
            "netinet/udp.h",
            "sys/epoll.h",
            "sys/ipc.h",
            "sys/mman.h",
            "sys/msg.h",
            "sys/procfs.h",
            "sys/resource.h",
            "sys/sem.h",
            "sys/shm.h",
            "sys/signalfd.h",
            "sys/socket.h",
            "sys/stat.h",
            "sys/statvfs.h",
            "sys/sysinfo.h",
            "sys/time.h",
            "sys/timex.h",
            "sys/uio.h",
            "sys/un.h",
            "sys/user.h",
            "sys/utsname.h",
            "linux/perf_event.h",
            "linux/bpf.h",
            "linux/io_uring.h",
            "linux/netlink.h",
            "linux/rtnetlink.h",
            "linux/if_packet.h",
            "linux/fuse.h",
            "linux/kvm.h",
            "linux/ethtool.h",
            "linux/aio_abi.h",
            "linux/userfaultfd.h");

    private NativeHeaders() {}

    /** {@return lines that include those headers that are installed} */
    public static String includes() {
        return HEADERS.stream()
                .map(header -> "#if __has_include(<" + header + ">)\n#include <" + header + ">\n#endif\n")
                .collect(Collectors.joining());
    }
}
