package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;

/** The CPUs a role runs on. */
@Internal
public sealed interface Cpus {

    /** Every CPU of the machine. */
    record All() implements Cpus {

        // by hand, since the VM generates those of a record in its first call, which takes milliseconds

        @Override
        public boolean equals(Object object) {
            return object instanceof All;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /**
     * A number of CPUs, no matter which.
     *
     * @param count at least 1
     */
    record Count(int count) implements Cpus {
        public Count {
            if (count < 1) {
                throw new IllegalArgumentException("cpus: " + count);
            }
        }
    }

    /**
     * Exactly these CPUs.
     *
     * @param ids CPU numbers from 0, distinct, at least one
     */
    record Listed(List<Integer> ids) implements Cpus {
        public Listed {
            ids = List.copyOf(ids);
            if (ids.isEmpty()
                    || ids.stream().anyMatch(id -> id < 0)
                    || ids.stream().distinct().count() != ids.size()) {
                throw new IllegalArgumentException("cpus: " + ids);
            }
        }
    }

    /** {@return the number of these CPUs on a machine with {@code machineCpus}} */
    default int count(int machineCpus) {
        if (this instanceof Count some) {
            return some.count();
        }
        return this instanceof Listed listed ? listed.ids().size() : machineCpus;
    }
}
