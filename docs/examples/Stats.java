final class Stats {
    volatile long received; // counted by one thread
    volatile long sent; // counted by another

    void start() {
        new Thread(this::receive).start();
        new Thread(this::send).start();
    }

    void receive() { while (true) received++; }

    void send() { while (true) sent++; }
}
