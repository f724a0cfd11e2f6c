struct mem_cgroup {
    unsigned long counters[16];
    int moving_account;
    int unused;
    void *move_lock_task;
    void *vmstats_local;
    void *vmstats_percpu;
    unsigned char pad[32];
    long vmstats[8];
    unsigned long rest[8];
};
