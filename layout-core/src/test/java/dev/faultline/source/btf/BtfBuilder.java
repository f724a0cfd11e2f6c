package dev.faultline.source.btf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes BTF by hand, record by record. Ids count from 1 in the order of the calls. */
public final class BtfBuilder {

    private final ByteArrayOutputStream types = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final int firstString;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int id;

    BtfBuilder() {
        this(1, 0);
    }

    /** For a split BTF: ids and strings go on where the base ends. */
    BtfBuilder(int firstId, int firstString) {
        this.firstString = firstString;
        this.id = firstId - 1;
        if (firstString == 0) {
            strings.write(0);
        }
    }

    /** For a big-endian machine; before anything is added. */
    BtfBuilder bigEndian() {
        order = ByteOrder.BIG_ENDIAN;
        return this;
    }

    int string(String text) {
        return text.isEmpty() ? 0 : string(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes that need not be UTF-8. */
    int string(byte[] text) {
        int at = firstString + strings.size();
        strings.writeBytes(text);
        strings.write(0);
        return at;
    }

    int stringBytes() {
        return strings.size();
    }

    int type(String name, int kind, int vlen, boolean flag, int sizeOrType, int... trailing) {
        return type(string(name), kind, vlen, flag, sizeOrType, trailing);
    }

    int type(int name, int kind, int vlen, boolean flag, int sizeOrType, int... trailing) {
        ByteBuffer record = ByteBuffer.allocate(12 + 4 * trailing.length).order(order);
        record.putInt(name).putInt((flag ? 1 << 31 : 0) | kind << 24 | vlen).putInt(sizeOrType);
        for (int word : trailing) {
            record.putInt(word);
        }
        types.writeBytes(record.array());
        return ++id;
    }

    int number(String name, int byteSize) {
        return type(name, BtfKind.INT, 0, false, byteSize, byteSize * 8);
    }

    int pointer(int target) {
        return type("", BtfKind.PTR, 0, false, target);
    }

    int array(int element, int count, int index) {
        return type("", BtfKind.ARRAY, 0, false, 0, element, index, count);
    }

    /** Members as triples of string offset, type, and offset in bits (with the width above bit 24 when flagged). */
    int struct(String name, int byteSize, boolean flag, int... members) {
        return type(name, BtfKind.STRUCT, members.length / 3, flag, byteSize, members);
    }

    int union(String name, int byteSize, int... members) {
        return type(name, BtfKind.UNION, members.length / 3, false, byteSize, members);
    }

    /** The length of each kind's records, as of Linux 7.1: bytes behind the record, and bytes of each element. */
    byte[] buildWithLengths(int... lengths) {
        ByteBuffer blob = ByteBuffer.allocate(32 + types.size() + 2 * lengths.length + strings.size())
                .order(order);
        int kinds = 2 * lengths.length;
        blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(32);
        blob.putInt(0).putInt(types.size()).putInt(types.size() + kinds).putInt(strings.size());
        blob.putInt(types.size()).putInt(kinds);
        blob.put(types.toByteArray());
        for (int i = 0; i < lengths.length; i += 2) {
            blob.put((byte) lengths[i]).put((byte) lengths[i + 1]).putShort((short) 0);
        }
        return blob.put(strings.toByteArray()).array();
    }

    byte[] build() {
        ByteBuffer blob =
                ByteBuffer.allocate(24 + types.size() + strings.size()).order(order);
        blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
        blob.putInt(0).putInt(types.size()).putInt(types.size()).putInt(strings.size());
        return blob.put(types.toByteArray()).put(strings.toByteArray()).array();
    }

    /** A blob with every kind from 1 to 19. */
    public static byte[] everyKind() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        int u64 = b.number("long unsigned int", 8);
        int u8 = b.number("unsigned char", 1);
        int counter = b.struct("", 4, false, b.string("counter"), u32, 0);
        int atomic = b.type("atomic_t", BtfKind.TYPEDEF, 0, false, counter);
        int state = b.type("state", BtfKind.ENUM, 2, false, 4, b.string("ON"), 0, b.string("OFF"), 1);
        int wide = b.type("wide", BtfKind.ENUM64, 1, false, 8, b.string("BIG"), 0, 1);
        int forward = b.type("other", BtfKind.FWD, 0, false, 0);
        int constant = b.type("", BtfKind.CONST, 0, false, forward);
        int pointer = b.pointer(constant);
        int proto = b.type("", BtfKind.FUNC_PROTO, 2, false, u32, 0, pointer, 0, 0);
        int function = b.pointer(proto);
        b.type("run", BtfKind.FUNC, 1, false, proto);
        int shared = b.type("", BtfKind.VOLATILE, 0, false, u64);
        int restricted = b.type("", BtfKind.RESTRICT, 0, false, pointer);
        b.type("global", BtfKind.VAR, 0, false, u32, 1);
        b.type(".data", BtfKind.DATASEC, 1, false, 4, 16, 0, 4);
        int real = b.type("double", BtfKind.FLOAT, 0, false, 8);
        int tagged = b.pointer(b.type("user", BtfKind.TYPE_TAG, 0, false, u32));
        int bytes = b.array(u8, 6, u32);
        int arms = b.union("", 8, b.string("number"), u64, 0, b.string("word"), u32, 0);
        int struct = b.struct(
                "everything",
                104,
                true,
                b.string("refs"),
                atomic,
                0,
                b.string("on"),
                state,
                32,
                b.string("big"),
                wide,
                64,
                b.string("other"),
                pointer,
                128,
                b.string("run"),
                function,
                192,
                b.string("shared"),
                shared,
                256,
                b.string("alias"),
                restricted,
                320,
                b.string("real"),
                real,
                384,
                b.string("user"),
                tagged,
                448,
                b.string("mac"),
                bytes,
                512,
                0,
                arms,
                576,
                b.string("low"),
                u32,
                3 << 24 | 640,
                b.string("high"),
                u32,
                5 << 24 | 643,
                b.string("self"),
                b.pointer(25),
                704,
                b.string("end"),
                b.array(u8, 0, u32),
                768);
        b.type("hot", BtfKind.DECL_TAG, 0, false, struct, 0);
        return b.build();
    }
}
