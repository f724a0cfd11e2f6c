struct work {
    unsigned long full;
    char pad[56];
    unsigned long empty;
    char pad2[56];
    unsigned long bytes_marked;
};
