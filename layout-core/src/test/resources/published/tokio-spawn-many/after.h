struct pool {
    unsigned long state __attribute__((aligned(64)));
    unsigned long sleep_stack __attribute__((aligned(64)));
    unsigned long num_workers __attribute__((aligned(64)));
    unsigned long next_thread_id __attribute__((aligned(64)));
    void *workers[2] __attribute__((aligned(64)));
    void *backup[2];
    unsigned long backup_stack;
    void *shutdown_task[3];
    unsigned long config[10];
};
