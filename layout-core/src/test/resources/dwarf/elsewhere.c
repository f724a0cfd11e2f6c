/* A second unit: it defines a struct that the first only declares, and has a struct of its own of the same name. */
struct c_elsewhere {
    char c;
    long l;
    struct c_elsewhere *self;
};
