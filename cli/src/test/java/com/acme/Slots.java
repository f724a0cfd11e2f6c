package com.acme;

/** A struct outside of objects, as constants; the examples of the help name it. */
public interface Slots {

    /** Where a number begins. */
    int PUT_OFFSET = 0;

    /** Where another one begins. */
    int TAKE_OFFSET = 8;
}
