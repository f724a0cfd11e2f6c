struct state {
    unsigned long header;
    unsigned int klass;
    int read_only;
    char pad[64];
    int write_only;
    int gap;
};
