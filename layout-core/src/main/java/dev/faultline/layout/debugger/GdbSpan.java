package dev.faultline.layout.debugger;

import java.util.OptionalLong;

/**
 * Where the members of a body are.
 *
 * @param start offset of the body from the outermost struct, in bytes
 * @param shift what to add to printed offsets, in bytes; gdb does not count those in arrays from the outermost struct
 * @param end end of the body in bytes, when it is known
 */
record GdbSpan(long start, long shift, OptionalLong end) {

    long offset(FrontPlace place) {
        return place.byteOffset().isPresent() ? place.byteOffset().getAsLong() + shift : start;
    }
}
