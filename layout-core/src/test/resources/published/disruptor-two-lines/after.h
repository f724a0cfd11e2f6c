struct state {
    unsigned long header;
    unsigned int klass;
    int read_only;
    char pad[128];
    int write_only;
    int gap;
};
