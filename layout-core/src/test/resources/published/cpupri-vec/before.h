struct cpupri_vec {
    int count;
    void *mask;
};
struct cpupri {
    struct cpupri_vec pri_to_cpu[101];
    int *cpu_to_pri;
};
