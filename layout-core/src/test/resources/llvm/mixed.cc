// What a thread of C calls.
struct shared {
    long put;
    long taken;
};

extern "C" void shared_put(shared *s, long value) {
    s->put += value;
}
