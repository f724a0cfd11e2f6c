package dev.faultline.source.btf;

/** A kernel's BTF, that of a module on it, and the module's own small base, as tests need them. */
final class SplitBtf {

    private SplitBtf() {}

    /** Types 1 to 4 of a kernel: {@code unsigned int}, {@code list_head}, a pointer to it, {@code dev} of 24 bytes. */
    static BtfBuilder kernel() {
        return kernel("flags", 24);
    }

    /**
     * A kernel that differs from the other ones.
     *
     * @param flags the name of a member of {@code dev}
     * @param devBytes the size of {@code dev}
     */
    static BtfBuilder kernel(String flags, int devBytes) {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        int list = b.struct("list_head", 16, true, b.string("next"), 3, 0, b.string("prev"), 3, 64);
        b.pointer(list);
        b.struct("dev", devBytes, true, b.string("list"), list, 0, b.string(flags), u32, 128);
        return b;
    }

    /** A module on {@link #kernel()}: type 5 is {@code priv} of 48 bytes, with {@code dev} and {@code list_head}. */
    static BtfBuilder module() {
        return module(5, kernel().stringBytes());
    }

    private static BtfBuilder module(int firstId, int firstString) {
        BtfBuilder b = new BtfBuilder(firstId, firstString);
        b.struct(
                "priv",
                48,
                true,
                b.string("device"),
                firstId - 1,
                0,
                b.string("queue"),
                firstId - 3,
                192,
                b.string("sequence"),
                1,
                320);
        return b;
    }

    /** What a module says of the kernel's types it uses: names and sizes. Types 1 to 4; 3 is another struct. */
    static BtfBuilder sizes() {
        BtfBuilder b = new BtfBuilder();
        b.number("unsigned int", 4);
        b.struct("list_head", 16, false);
        b.struct("unused", 8, false);
        b.struct("dev", 24, false);
        return b;
    }

    /** The module on {@link #sizes()}. */
    static BtfBuilder moduleOnSizes() {
        return module(5, sizes().stringBytes());
    }
}
