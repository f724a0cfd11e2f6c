package dev.faultline.source.jvm.declared;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Declarations of {@code java.lang.foreign}, as of JDK 22, for compilers that have none. Class files that are compiled
 * against them are those that JDK 22 makes, but for their version; they cannot be run.
 */
public final class ForeignStubs {

    private static final String LAYOUT = """
            package java.lang.foreign;
            public interface MemoryLayout {
              long byteSize(); long byteAlignment(); MemoryLayout withName(String name);
              MemoryLayout withByteAlignment(long bytes);
              long byteOffset(PathElement... path); MemoryLayout select(PathElement... path);
              java.lang.invoke.VarHandle varHandle(PathElement... path);
              static StructLayout structLayout(MemoryLayout... members) { return null; }
              static UnionLayout unionLayout(MemoryLayout... members) { return null; }
              static SequenceLayout sequenceLayout(long count, MemoryLayout element) { return null; }
              static PaddingLayout paddingLayout(long bytes) { return null; }
              interface PathElement {
                static PathElement groupElement(String name) { return null; }
                static PathElement groupElement(long index) { return null; }
                static PathElement sequenceElement() { return null; }
                static PathElement sequenceElement(long index) { return null; }
              }
            }
            """;

    private static final String VALUES = """
            package java.lang.foreign;
            public interface ValueLayout extends MemoryLayout {
              ValueLayout withOrder(java.nio.ByteOrder order);
              ValueLayout withName(String name);
              ValueLayout withByteAlignment(long bytes);
              OfByte JAVA_BYTE = null; OfShort JAVA_SHORT = null; OfInt JAVA_INT = null; OfLong JAVA_LONG = null;
              OfInt JAVA_INT_UNALIGNED = null; OfLong JAVA_LONG_UNALIGNED = null; AddressLayout ADDRESS = null;
              OfBoolean JAVA_BOOLEAN = null; OfChar JAVA_CHAR = null; OfFloat JAVA_FLOAT = null;
              OfShort JAVA_SHORT_UNALIGNED = null; OfDouble JAVA_DOUBLE_UNALIGNED = null;
              OfDouble JAVA_DOUBLE = null;
              interface OfByte extends ValueLayout { OfByte withName(String name); }
              interface OfShort extends ValueLayout { OfShort withName(String name); }
              interface OfInt extends ValueLayout { OfInt withName(String name); OfInt withByteAlignment(long bytes); }
              interface OfLong extends ValueLayout { OfLong withName(String name); OfLong withByteAlignment(long b); }
              interface OfBoolean extends ValueLayout { OfBoolean withName(String name); }
              interface OfChar extends ValueLayout { OfChar withName(String name); }
              interface OfFloat extends ValueLayout { OfFloat withName(String name); }
              interface OfDouble extends ValueLayout { OfDouble withName(String name); }
            }
            """;

    private static final String GROUP = """
            package java.lang.foreign;
            public interface GroupLayout extends MemoryLayout {
              GroupLayout withName(String name); java.util.List<MemoryLayout> memberLayouts();
            }
            """;

    private static final String SEGMENT = """
            package java.lang.foreign;
            public interface MemorySegment {
              long get(ValueLayout.OfLong layout, long offset);
              void set(ValueLayout.OfLong layout, long offset, long v);
              int get(ValueLayout.OfInt layout, long offset); void set(ValueLayout.OfInt layout, long offset, int v);
              long byteSize(); long address(); MemorySegment asSlice(long offset, long size);
            }
            """;

    private static final String ARENA = """
            package java.lang.foreign;
            public interface Arena extends AutoCloseable {
              static Arena global() { return null; } MemorySegment allocate(MemoryLayout layout); void close();
            }
            """;

    private ForeignStubs() {}

    /** {@return whether the running JDK has the library itself} */
    public static boolean isOfJdk() {
        return Runtime.version().feature() >= 22;
    }

    /** {@return what a program that uses the library is compiled against: nothing more on JDK 22 and later} */
    public static List<Path> libraries(Path directory) {
        if (isOfJdk()) {
            return List.of();
        }
        List<String> sources = new ArrayList<>(List.of(LAYOUT, VALUES, GROUP, SEGMENT, ARENA));
        for (String kind : List.of("Struct:Group", "Union:Group", "Padding:Memory", "Address:Value")) {
            String[] names = kind.split(":");
            sources.add("package java.lang.foreign; public interface " + names[0] + "Layout extends " + names[1]
                    + "Layout { " + names[0] + "Layout withName(String name); " + names[0]
                    + "Layout withByteAlignment(long bytes); }");
        }
        sources.add("package java.lang.foreign; public interface SequenceLayout extends MemoryLayout {"
                + " SequenceLayout withName(String name); SequenceLayout withByteAlignment(long bytes);"
                + " MemoryLayout elementLayout(); long elementCount(); }");
        return List.of(CompiledProgram.of(directory, List.of(), sources.toArray(String[]::new))
                .classes());
    }
}
