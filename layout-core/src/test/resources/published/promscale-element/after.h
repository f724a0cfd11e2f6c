struct cache {
    int w_state;
    unsigned int w_sema;
    unsigned int writer_sem;
    unsigned int reader_sem;
    int reader_count;
    int reader_wait;
    void *elements;
    void *storage_slice[3];
    long insert_lock;
    struct element {
        void *key[2];
        void *value[2];
        unsigned int used;
        unsigned long size;
    } storage[2] __attribute__((aligned(64)));
};
