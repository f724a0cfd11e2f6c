package dev.faultline.recorder.run;

import java.util.Arrays;
import java.util.List;

/** Where memory is allocated: not in a library that allocates for others, but where it is called. */
public final class AllocationPlaces {

    private static final List<String> LIBRARIES = Arrays.asList(
            "dev/faultline/offheap/memory/",
            "net/openhft/chronicle/core/",
            "net/openhft/chronicle/bytes/",
            "io/netty/buffer/",
            "io/netty/util/internal/",
            "org/agrona/UnsafeA",
            "org/agrona/AbstractMutableDirectBuffer",
            "org/agrona/BufferUtil",
            "org/agrona/DirectBuffer",
            "org/agrona/MutableDirectBuffer",
            "org/agrona/Expandable",
            "org/agrona/IoUtil",
            "org/agrona/concurrent/UnsafeBuffer",
            "org/agrona/concurrent/AtomicBuffer");

    private AllocationPlaces() {}

    /** {@return whether a class, by its internal name, is of a library whose methods are no operations of their own} */
    public static boolean isOfMemoryLibrary(String owner) {
        for (String library : LIBRARIES) {
            if (owner.startsWith(library)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the place in the code, or where it is called when it is in a library} */
    static String of(String place) {
        if (!isOfMemoryLibrary(place.replace('.', '/'))) {
            return place;
        }
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(AllocationPlaces::isOfProgram)
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                        .findFirst())
                .orElse(place);
    }

    private static boolean isOfProgram(StackWalker.StackFrame frame) {
        String name = frame.getClassName().replace('.', '/');
        return CodePlaces.isRecorded(name) && !isOfMemoryLibrary(name);
    }
}
