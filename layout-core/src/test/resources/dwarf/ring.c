/* Every kind of type of C that DWARF describes in its own way. */
struct link { struct link *next; };
typedef struct { int a; char tail; } pair_t;
enum state { IDLE, BUSY };
struct packed { char kind; int length; } __attribute__((packed));
struct ring {
    struct link link;
    _Atomic unsigned long head;
    unsigned ready : 3, : 0, owner : 5;
    long long wide : 40;
    int grid[2][3];
    pair_t pairs[2];
    struct packed packed;
    int (*visit)(struct ring *, const char *, ...);
    union { unsigned word; float number; };
    const char *const name;
    enum state state;
    long tail __attribute__((aligned(64)));
    unsigned char bytes[];
};
struct ring ring;
