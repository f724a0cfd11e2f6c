struct map {
    struct slot {
        long value __attribute__((aligned(64)));
        long unused;
    } slot[16];
};
