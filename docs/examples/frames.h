// A network device as its path reads it: the offsets of these fields are those of struct net_device in Linux 6.18.
// The count is on a cache line of its own, as in Linux up to 2.6.36.
struct device_word {
        unsigned long priv_flags;
        void *        netdev_ops;
        char          other[16];
        unsigned long gso_partial_features;
        char          other2[16];
        unsigned int  mtu;
        char          other3[116];
        unsigned int  flags;
        unsigned int  hard_header_len;
        unsigned long features;
        char          other4[64];
        int           refcnt;
        char          pad[60];
} __attribute__((aligned(64)));

// The same with the count where gso_partial_features is, beside fields that the path reads. No kernel has this.
struct device_beside {
        unsigned long priv_flags;
        void *        netdev_ops;
        char          other[16];
        int           refcnt;
        char          other2[20];
        unsigned int  mtu;
        char          other3[116];
        unsigned int  flags;
        unsigned int  hard_header_len;
        unsigned long features;
        char          other4[64];
} __attribute__((aligned(64)));

// The same with a pointer to counters that each CPU has for itself, as since Linux 2.6.37.
struct device_stripes {
        unsigned long priv_flags;
        void *        netdev_ops;
        char          other[16];
        unsigned long gso_partial_features;
        char          other2[16];
        unsigned int  mtu;
        char          other3[116];
        unsigned int  flags;
        unsigned int  hard_header_len;
        unsigned long features;
        char          other4[64];
        int *         pcpu_refcnt;
        char          pad[56];
} __attribute__((aligned(64)));
