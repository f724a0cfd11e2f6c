struct pool {
    unsigned long state;
    unsigned long sleep_stack;
    unsigned long num_workers;
    unsigned long next_thread_id;
    void *workers[2];
    void *backup[2];
    unsigned long backup_stack;
    void *shutdown_task[3];
    unsigned long config[10];
};
