struct locks {
    struct rwlock {
        unsigned int word;
        unsigned int readers;
        unsigned int wakeups[2];
        unsigned int queued[2];
        int writer;
        int shared;
        unsigned long unused[2];
        unsigned int flags;
        int more;
    } lock[100];
};
