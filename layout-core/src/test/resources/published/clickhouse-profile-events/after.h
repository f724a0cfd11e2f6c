struct counters {
    struct counter {
        long value __attribute__((aligned(64)));
    } counter[8];
};
