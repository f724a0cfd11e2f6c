package recorded.corpus;

/** Fields that a class stores to that is recorded, while this one is not. */
public class StoredElsewhere {
    protected volatile long inherited;
    protected volatile long hidden;
    protected long inheritedPlain;

    protected StoredElsewhere() {}
}
