package dev.faultline.offheap.bench;

/** Sockets whose packets are allocated and freed in some way. Half of the threads are the network, half the application. */
public interface RpcContestant extends AutoCloseable {

    /**
     * Makes the sockets.
     *
     * @param threads how many will use them
     * @param sockets how many there are
     */
    void open(int threads, int sockets);

    /**
     * A user of the sockets; called by the thread that will use it, once.
     *
     * @param thread its number, from 0; the network is one half of them, the application the other
     * @return what it does
     */
    User user(int thread);

    @Override
    default void close() {}

    /** One thread's side. Packets are numbers. */
    interface User extends Counted {
        /** {@return a packet that was received and delivered to a socket} */
        long receive(int socket);

        /** The application has read a packet. */
        void read(int socket, long packet);

        /** {@return a packet that the application sends} */
        long send(int socket);

        /** The network has sent a packet, and it was acknowledged. */
        void acknowledge(int socket, long packet);
    }
}
