struct task_group {
    unsigned long css[24];
    void *se;
    void *cfs_rq;
    unsigned long shares;
    long load_avg;
    void *rcu[2];
    void *list[2];
    void *parent;
};
