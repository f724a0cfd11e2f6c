struct work {
    unsigned long full;
    unsigned long empty;
    char pad[48];
    unsigned long bytes_marked;
};
