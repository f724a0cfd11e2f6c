package dev.faultline.source.llvm.code;

/**
 * What an address is computed from.
 *
 * @param kind what it is
 * @param name of a variable its name; of another one the value it is in, which tells two of them apart
 * @param index of a parameter its number, from 0
 */
record AddressRoot(Kind kind, String name, int index) {

    /** What an address is computed from. */
    enum Kind {
        /** A parameter of the function. */
        PARAMETER,
        /** A global variable. */
        GLOBAL,
        /** A global variable of which each thread has its own. */
        THREAD,
        /** A variable of the function itself, which no other thread sees unless it is told. */
        LOCAL,
        /** Memory that the function has allocated. */
        FRESH,
        /** Anything else: a pointer that was loaded or returned. */
        OTHER
    }

    static final AddressRoot UNKNOWN = new AddressRoot(Kind.OTHER, "", 0);

    /** {@return whether no other thread sees it, or none does yet} */
    boolean isUnshared() {
        return kind == Kind.FRESH || kind == Kind.THREAD || kind == Kind.LOCAL;
    }

    static AddressRoot of(Kind kind, String name) {
        return new AddressRoot(kind, name, 0);
    }
}
