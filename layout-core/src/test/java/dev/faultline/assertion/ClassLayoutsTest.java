package dev.faultline.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.jvm.VmMode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layout of a loaded class agrees with the running VM's. */
class ClassLayoutsTest {

    static class Base {
        int first;
        Object reference;
    }

    static class Cell extends Base {
        volatile long value;
        byte small;
    }

    static class Worker extends Thread {
        long done;
    }

    private final class Inner {
        long value;
    }

    @Test
    void fields_are_where_the_vm_says() throws ReflectiveOperationException {
        assertThat(compared(Cell.class)).isEqualTo(4);
        assertThat(compared(Inner.class)).isGreaterThanOrEqualTo(1);
        assertThat(compared(Worker.class))
                .isGreaterThan(10); // Thread has @Contended fields, which the VM honours in JDK classes
        assertThat(compared(Thread.class)).isGreaterThan(10);
    }

    private static int compared(Class<?> type) throws ReflectiveOperationException {
        StructLayout layout = Layouts.of(type);
        int compared = 0;
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    long offset = layout.resolve(field.getName())
                            .orElseThrow(() -> new AssertionError("no field " + field))
                            .bytes()
                            .start();
                    assertThat(offset).as(field.toString()).isEqualTo(offset(field));
                    compared++;
                }
            }
        }
        return compared;
    }

    /** Field offsets of the VM, read with Unsafe. */
    private static long offset(Field field) throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return (long) unsafe.getMethod("objectFieldOffset", Field.class).invoke(instance.get(null), field);
    }

    @Test
    void other_vms_lay_out_otherwise() {
        assertThat(Layouts.of(Cell.class, VmMode.parse("25-coh")).byteSize())
                .isLessThan(Layouts.of(Cell.class, VmMode.parse("17-no-coops")).byteSize());
    }

    @Test
    void what_has_no_layout_is_refused_with_the_reason() {
        List<String> complaints = new ArrayList<>();
        Runnable lambda = () -> {};
        for (Class<?> type : List.of(Runnable.class, int.class, long[].class, String[].class, lambda.getClass())) {
            assertThatThrownBy(() -> Layouts.of(type))
                    .isInstanceOf(InputException.class)
                    .satisfies(thrown -> complaints.add(thrown.getMessage()));
        }
        assertThat(complaints.get(0)).contains("has no instances");
        assertThat(complaints.get(1)).contains("primitive");
        assertThat(complaints.get(2)).contains("array");
        assertThat(complaints).allMatch(line -> line.lines().count() == 1);
    }
}
