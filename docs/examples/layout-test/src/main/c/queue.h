/* A queue off heap: Java code and C code use the same offsets. */
struct queue {
	unsigned int  mask;
	unsigned int  flags;
	void **       slots;
	unsigned int  head  __attribute__((aligned(64)));
	unsigned int  tail  __attribute__((aligned(64)));
} __attribute__((aligned(64)));
