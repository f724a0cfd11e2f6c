package twins;

/** Programs whose hazards are in arrays, between objects and off the heap, each with the hazard and without. */
public final class MemoryPrograms {

    private MemoryPrograms() {}

    public static void main(String[] arguments) throws Exception {
        Turns turns = new Turns();
        Elements.run(turns);
        Atomics.run(turns);
        OffHeap.run(turns);
        if (arguments.length > 0) {
            Class<?> more = Class.forName(arguments[0]);
            more.getDeclaredMethod("run", Turns.class).invoke(null, turns);
        }
    }
}
