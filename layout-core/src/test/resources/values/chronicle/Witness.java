package chronicle;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.TreeMap;
import net.openhft.chronicle.bytes.Byteable;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.values.ValueModel;

/** Writes each field of native values and prints which bits of memory change:
 * interface, field, first bit, end, and how many values the library did not store. */
public final class Witness {

    private final BytesStore<?, Void> memory;
    private final int size;
    private int refusals;

    private Witness(int size) {
        this.size = size;
        memory = BytesStore.nativeStore(size + 64L);
    }

    public static void main(String[] arguments) throws Exception {
        for (Class<?> type : chronicle.Values.class.getDeclaredClasses()) {
            if (type.isInterface()) {
                try {
                    int size = ValueModel.acquire(type).sizeInBytes();
                    new Witness(size).measure(type);
                    System.out.println(type.getName() + " size " + size);
                } catch (AssertionError | RuntimeException impossible) {
                    System.out.println(type.getName() + " impossible");
                    impossible.printStackTrace();
                }
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object view(Class<?> type, BytesStore memory, long offset, long size) {
        Object value = net.openhft.chronicle.values.Values.newNativeReference(type);
        ((Byteable) value).bytesStore(memory, offset, size);
        return value;
    }

    private void measure(Class<?> type) throws Exception {
        Object value = view(type, memory, 0, size);
        TreeMap<String, BitSet> changed = new TreeMap<>();
        TreeMap<String, Integer> refused = new TreeMap<>();
        for (Method setter : type.getMethods()) {
            if (setter.getName().startsWith("set")) {
                String field = setter.getName().replaceFirst("^set(Ordered|Volatile)?", "").replaceFirst("At$", "");
                BitSet bits = changed.computeIfAbsent(field, any -> new BitSet());
                int count = setter.getParameterCount() == 2 ? length(type, field) : 1;
                for (int i = 0; i < count; i++) {
                    write(value, setter, i, bits);
                }
                refused.merge(field, refusals, Integer::sum);
                refusals = 0;
            }
        }
        changed.forEach((field, bits) ->
                System.out.println(type.getName() + " " + field + " " + bits.nextSetBit(0) + " " + bits.length()
                        + " " + refused.get(field)));
    }

    private static int length(Class<?> type, String field) throws Exception {
        return type.getMethod("get" + field + "At", int.class)
                .getAnnotation(net.openhft.chronicle.values.Array.class)
                .length();
    }

    private void write(Object value, Method setter, int index, BitSet changed) throws Exception {
        Class<?> type = setter.getParameterTypes()[setter.getParameterCount() - 1];
        byte[] first = null;
        for (Object each : candidates(type, setter)) {
            byte[] zero = new byte[size];
            memory.write(0, zero);
            try {
                if (setter.getParameterCount() == 2) {
                    setter.invoke(value, index, each);
                } else {
                    setter.invoke(value, each);
                }
            } catch (java.lang.reflect.InvocationTargetException refused) {
                refusals++; // the library cannot store some values that it allows
                continue;
            }
            byte[] now = new byte[size];
            memory.read(0, now, 0, size);
            first = first == null ? now : first;
            for (int i = 0; i < size; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    if (((first[i] ^ now[i]) >> bit & 1) != 0) {
                        changed.set(8 * i + bit);
                    }
                }
            }
        }
    }

    private static List<Object> candidates(Class<?> type, Method setter) {
        List<Object> all = new ArrayList<>();
        if (type == boolean.class) {
            all.addAll(List.of(false, true));
        } else if (type.isEnum()) {
            all.addAll(Arrays.asList(type.getEnumConstants()));
            boolean isNotNull = setter.getParameterAnnotations()[0].length > 0;
            if (!isNotNull) {
                all.add(null);
            }
        } else if (CharSequence.class.isAssignableFrom(type)) {
            int most = 0;
            for (var annotation : setter.getParameterAnnotations()[0]) {
                most = annotation instanceof net.openhft.chronicle.values.MaxUtf8Length length ? length.value() : most;
            }
            all.addAll(List.of("", "\u007f".repeat(most), "\u0001".repeat(most)));
        } else if (type == float.class) {
            for (int i = 0; i < 32; i++) {
                all.add(Float.intBitsToFloat(1 << i));
            }
        } else if (type == double.class) {
            for (int i = 0; i < 64; i++) {
                all.add(Double.longBitsToDouble(1L << i));
            }
        } else if (type == Date.class) {
            for (long number : numbers(Long.MIN_VALUE, Long.MAX_VALUE)) {
                all.add(new Date(number));
            }
        } else if (type.isInterface()) {
            values(type, all);
        } else {
            integers(type, setter, all);
        }
        return all;
    }

    private static void values(Class<?> type, List<Object> all) {
        int size = ValueModel.acquire(type).sizeInBytes();
        for (int fill : new int[] {0, 0xFF, 0x55}) {
            BytesStore<?, Void> other = BytesStore.nativeStore(size);
            for (int i = 0; i < size; i++) {
                other.writeByte(i, (byte) fill);
            }
            all.add(view(type, other, 0, size));
        }
    }

    private static void integers(Class<?> type, Method setter, List<Object> all) {
        int bits = type == byte.class ? 8 : type == int.class ? 32 : type == long.class ? 64 : 16;
        long min = type == char.class ? 0 : Long.MIN_VALUE >> 64 - bits;
        long max = type == char.class ? 65535 : Long.MAX_VALUE >> 64 - bits;
        for (var annotation : setter.getParameterAnnotations()[setter.getParameterCount() - 1]) {
            if (annotation instanceof net.openhft.chronicle.values.Range range) {
                min = range.min();
                max = range.max();
            }
        }
        for (long number : numbers(min, max)) {
            all.add(
                    type == byte.class
                            ? (Object) (byte) number
                            : type == short.class
                                    ? (Object) (short) number
                                    : type == char.class
                                            ? (Object) (char) number
                                            : type == int.class ? (Object) (int) number : (Object) number);
        }
    }

    private static List<Long> numbers(long min, long max) {
        List<Long> numbers = new ArrayList<>(List.of(min, max));
        for (int i = 0; i < 63; i++) {
            long step = 1L << i;
            if (max - min < 0 || step <= max - min) {
                numbers.add(min + step);
                numbers.add(max - step);
            }
        }
        return numbers;
    }
}
