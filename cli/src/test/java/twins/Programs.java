package twins;

/** Programs of which each has a hazard once, and is repaired once. */
public final class Programs {

    private Programs() {}

    public static void main(String[] arguments) throws InterruptedException {
        Turns turns = new Turns();
        Rings.run(turns);
        Counters.run(turns);
        Flags.run(turns);
        Pools.run(turns);
        References.run(turns);
        Statics.run(turns);
    }
}
