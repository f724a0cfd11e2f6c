struct task_group {
    unsigned long css[24];
    void *se;
    void *cfs_rq;
    unsigned long shares;
    long load_avg __attribute__((aligned(64)));
    void *rcu[2];
    void *list[2];
    void *parent;
};
