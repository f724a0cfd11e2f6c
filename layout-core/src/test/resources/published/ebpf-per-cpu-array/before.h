struct map {
    struct slot {
        long value;
        long unused;
    } slot[16];
};
