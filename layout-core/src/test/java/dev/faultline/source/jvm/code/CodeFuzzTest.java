package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Broken code is read or refused with one clear line, in 256 MB. */
class CodeFuzzTest {

    /** Code with each kind of instruction that the reader follows. */
    static class Sample extends AtomicLong {
        private static final long serialVersionUID = 1;
        private static final VarHandle NEXT;

        static {
            try {
                NEXT = MethodHandles.lookup().findVarHandle(Sample.class, "next", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private volatile long next;
        private final long[] counts = new long[8];
        private int count;

        void run(Executor executor, int kind) {
            executor.execute(() -> counts[kind]++);
            synchronized (this) {
                count++;
            }
            try {
                switch (kind) {
                    case 1, 2, 3 -> NEXT.setRelease(this, next + 1);
                    case 1000 -> getAndAdd(count);
                    default -> touch(counts, kind);
                }
            } finally {
                for (int i = 0; i < counts.length; i++) {
                    while (next == counts[i]) {
                        Thread.onSpinWait();
                    }
                }
            }
        }

        private static void touch(long[] array, int index) {
            array[index] += 2;
        }
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = CodeFuzzTest.class.getResourceAsStream("/" + name + ".class")) {
            return in.readAllBytes();
        }
    }

    private static List<byte[]> samples() throws IOException {
        return List.of(
                classFile(Sample.class.getName().replace('.', '/')),
                classFile("java/util/concurrent/atomic/AtomicLong"),
                classFile("java/util/concurrent/SynchronousQueue"));
    }

    /** The bytes of all methods: code, tables of exceptions, tables of lines. */
    private static List<ByteMutator.Place> methods(byte[] bytes) {
        List<ByteMutator.Place> places = new ArrayList<>();
        int start = new ConstantPool(bytes).end();
        for (int at = start; at + 2 <= bytes.length; at++) {
            places.add(new ByteMutator.Place(at, 1));
            if (at % 3 == 0) {
                places.add(new ByteMutator.Place(at, 2));
            }
        }
        return places;
    }

    @Test
    void broken_code_is_read_or_refused_with_one_line() throws IOException {
        ByteMutator broken = new ByteMutator(samples(), ByteOrder.BIG_ENDIAN, CodeFuzzTest::methods);
        Fuzz.bytes(FuzzShare.CODE, broken).cutting(List.of(samples().get(0))).run(CodeFuzzTest::use);
    }

    private static void use(byte[] bytes) {
        List<ClassCode> classes = new ArrayList<>();
        classes.add(ClassCodeReader.read("bad.class", bytes));
        try {
            classes.add(ClassCodeReader.read("good.class", classFile("java/util/concurrent/atomic/AtomicLong")));
        } catch (IOException never) {
            throw new IllegalStateException(never);
        }
        CodeIndex index = CodeLinker.link(classes, List.of(), List.of());
        for (CodeClass type : index.classes()) {
            for (CodeMethod method : type.methods()) {
                method.effects().forEach(effect -> effect.place().words());
                method.calls().forEach(call -> index.method(call.type(), call.signature()));
            }
        }
    }
}
