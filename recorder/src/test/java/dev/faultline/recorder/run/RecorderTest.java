package dev.faultline.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** What instrumented code calls, without a program. */
class RecorderTest {

    private static final int ARRAYS = 10_000;
    private static final int NO_METHOD = 1 << 28;
    private static final int ACCESSES = 3000;

    private static int methodWithPlaces() {
        int method = CodePlaces.addMethod("test/Arrays", "touch", true);
        AccessSite[] sites = new AccessSite[3];
        for (int i = 0; i < sites.length; i++) {
            sites[i] = new AccessSite("test.Arrays", ArrayNames.ANY, AccessSite.READ, method, false);
        }
        CodePlaces.addSitesOf(method, sites);
        return method;
    }

    /** The hash of an object is in its header from the first time on that it is asked for. */
    private static boolean hasHash(Object object) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field only = type.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        Method getLong = type.getMethod("getLong", Object.class, long.class);
        long header = (long) getLong.invoke(only.get(null), object, 0L);
        return (header >>> 8 & Integer.MAX_VALUE) != 0;
    }

    @Test
    void most_arrays_get_no_identity_hash() throws ReflectiveOperationException {
        MethodCounters counters = Recorder.start(methodWithPlaces());
        int hashed = 0;
        for (int i = 0; i < ARRAYS; i++) {
            int[] array = new int[1];
            Recorder.element0(array, 0, counters, 0);
            Recorder.element1(array, 0, counters, 0);
            Recorder.element2(array, 0, counters, 0);
            Recorder.element3(array, 0, counters, 0);
            hashed += hasHash(array) ? 1 : 0;
        }
        assertThat(hashed).isBetween(1, ARRAYS / 5);
    }

    @Test
    void a_method_whose_counters_cannot_be_made_does_not_notice_it() {
        long before = Recorder.failures();

        assertThatCode(() -> {
                    for (MethodCounters spare :
                            new MethodCounters[] {Recorder.start(NO_METHOD), Recorder.start(this, null, NO_METHOD)}) {
                        Recorder.enter(spare);
                        Recorder.construct(spare, 1);
                        Recorder.cell0(this, spare, 0);
                        Recorder.field(this, spare, 5);
                        Recorder.staticField(spare, 5);
                        Recorder.fields(this, 3, spare, 5);
                        Recorder.staticFields(3, spare, 5);
                        Recorder.element(new int[1], 0, spare, 5);
                        Recorder.element0(new int[1], 0, spare, 5);
                        Recorder.unsafe(this, 16, spare, 5);
                        Recorder.handle(this, this, spare, 5);
                        PlaceRecorder.memory(1, 4, spare, 5);
                        Recorder.exit(spare);
                    }
                })
                .doesNotThrowAnyException();

        assertThat(Recorder.failures()).isGreaterThan(before);
    }

    @Test
    void accesses_that_no_cell_could_be_given_are_not_counted() {
        int method = methodWithPlaces();
        MethodCounters counters = Recorder.start(method);
        int[] array = new int[ACCESSES];
        ElementCounter counter = new ElementCounter(array, method, counters.sites[0], "int[]", null);
        for (int i = 0; i < ACCESSES; i++) {
            counter.count(array, i, counters, -1);
        }
        assertThat(counter.total()).isEqualTo(ACCESSES);

        counter.count(array, 0, counters, MethodCounters.ELEMENT_CELLS); // fails: there is no such cell
        counter.count(array, 0, counters, 0);

        assertThat(counter.total()).isEqualTo(ACCESSES + 2);
    }
}
