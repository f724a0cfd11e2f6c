struct counters {
    struct counter {
        long value;
    } counter[8];
};
