struct state {
    unsigned long header;
    unsigned int klass;
    int read_only;
    int write_only;
    int gap;
};
