struct records {
    struct record {
        unsigned int access_control;
        unsigned int unused;
        void *next;
        unsigned long owner;
        unsigned long malloc_header;
    } record[88];
};
