/* Compiled without hooks. */
struct hidden {
    long summed;
    volatile long seen;
    int cleared[2];
    long foreign;
    char copied[64];
};

void write_foreign(struct hidden *to) {
    to->foreign = 1;
}
