package com.acme;

/** A user's class, for the examples of the help texts. */
public class Ring {
    volatile long head;
    volatile long tail;
    int mask;
    Object[] slots;
}
