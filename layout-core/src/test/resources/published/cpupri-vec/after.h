struct cpupri_vec {
    int count;
    void *mask __attribute__((aligned(64)));
};
struct cpupri {
    struct cpupri_vec pri_to_cpu[101];
    int *cpu_to_pri;
};
