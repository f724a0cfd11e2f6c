package dev.faultline.source.detect;

/** The kind of a file by its first bytes. */
enum SourceKind {
    /** Raw BTF. */
    BTF("BTF"),
    /** An ELF file, with or without BTF. */
    ELF("an ELF file"),
    /** A jar. */
    ZIP("a jar"),
    /** A class file. */
    CLASS("a class file"),
    /** Text, possibly pahole's. */
    TEXT("text"),
    /** An empty file. */
    EMPTY("nothing"),
    /** Compressed data. */
    PACKED("compressed data"),
    /** Other binary data. */
    UNKNOWN("binary data");

    private final String words;

    SourceKind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /**
     * {@return the kind of a file with these first bytes}
     *
     * @param head the first bytes
     * @param length how many of them to use
     */
    static SourceKind of(byte[] head, int length) {
        if (length == 0) {
            return EMPTY;
        }
        if (starts(head, length, 0x9f, 0xeb) || starts(head, length, 0xeb, 0x9f)) { // BTF_MAGIC in either byte order
            return BTF;
        }
        if (starts(head, length, 0x7f, 'E', 'L', 'F')) {
            return ELF;
        }
        if (starts(head, length, 'P', 'K', 3, 4)
                || starts(head, length, 'P', 'K', 5, 6) // an entry, or the end of an empty jar
                || starts(head, length, 'J', 'M', 1, 0, 'P', 'K')) { // a jmod file
            return ZIP;
        }
        if (starts(head, length, 0xca, 0xfe, 0xba, 0xbe)) {
            return CLASS;
        }
        if (isPacked(head, length)) {
            return PACKED;
        }
        return isText(head, length) ? TEXT : UNKNOWN;
    }

    private static boolean isPacked(byte[] head, int length) {
        return starts(head, length, 0x1f, 0x8b) // gzip
                || starts(head, length, 0xfd, '7', 'z', 'X', 'Z')
                || starts(head, length, 0x28, 0xb5, 0x2f, 0xfd) // zstd
                || starts(head, length, 'B', 'Z', 'h');
    }

    /** {@return whether the bytes may be text: no control characters but white space, escape and backspace} */
    private static boolean isText(byte[] head, int length) {
        for (int i = 0; i < length; i++) {
            int b = head[i] & 0xff;
            if (b < ' ' && "\t\n\r\f\b\u001b".indexOf(b) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean starts(byte[] head, int length, int... magic) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
