package dev.faultline.bench.contestants.rpc;

import dev.faultline.bench.harness.CounterSource;

/** Sockets with a way to allocate and free packets. Half of the threads are the network, half the application. */
public interface RpcContestant extends AutoCloseable {

    /**
     * Makes the sockets.
     *
     * @param threads how many threads will use them
     * @param sockets how many sockets to make
     */
    void open(int threads, int sockets);

    /**
     * Makes a user of the sockets; called once, by the thread that will use it.
     *
     * @param thread the number of the thread, from 0; the first half is the network, the second the application
     * @return the user
     */
    User user(int thread);

    @Override
    default void close() {}

    /** What one thread does. Packets are numbers. */
    interface User extends CounterSource {
        /** {@return a packet that was received and delivered to a socket} */
        long receive(int socket);

        /** Marks a packet as read by the application. */
        void read(int socket, long packet);

        /** {@return a packet that the application sends} */
        long send(int socket);

        /** Marks a packet as sent by the network and acknowledged. */
        void acknowledge(int socket, long packet);
    }
}
