package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.function.Predicate;

/** A source that lays out the structs that are wanted, and not the others. */
@Internal
public interface SelectiveSource extends LayoutSource {

    @Override
    default List<Subject> all() {
        return inventory().subjects();
    }

    @Override
    default Inventory inventory() {
        return inventory(any -> true);
    }

    @Override
    Inventory inventory(Predicate<Entry> wanted);
}
