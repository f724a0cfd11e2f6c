/* What the Java side and the C side lay out alike, off the heap. */
struct queue {
	unsigned int  mask;
	unsigned int  flags;
	void **       slots;
	unsigned int  head  __attribute__((aligned(64)));
	unsigned int  tail  __attribute__((aligned(64)));
} __attribute__((aligned(64)));
