package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the columns of a grouped report count, by the names of their events.
 *
 * @param kinds for each column the kind of access; empty where its event counts none
 */
record SeenEvents(List<Optional<SeenKind>> kinds) {

    SeenEvents {
        kinds = List.copyOf(kinds);
    }

    /** {@return the kinds of events as perf lists them: {@code cpu/mem-loads,ldlat=30/P, cpu/mem-stores/P, dummy:u}} */
    static SeenEvents of(String names) {
        List<Optional<SeenKind>> kinds = new ArrayList<>();
        for (String name : names.split(", ")) {
            kinds.add(kind(name));
        }
        return new SeenEvents(kinds);
    }

    static Optional<SeenKind> kind(String event) {
        String name = event.strip().toLowerCase(Locale.ROOT);
        if (name.contains("dummy")) {
            return Optional.empty();
        }
        if (name.contains("store")) {
            return Optional.of(SeenKind.WRITE);
        }
        return Optional.of(name.contains("load") ? SeenKind.READ : SeenKind.ACCESS);
    }

    /** {@return the kinds of columns without names, in the order in which {@code perf mem record} has them} */
    static SeenEvents ofColumns(int count) {
        return count == 1
                ? new SeenEvents(List.of(Optional.of(SeenKind.ACCESS)))
                : new SeenEvents(List.of(Optional.of(SeenKind.READ), Optional.of(SeenKind.WRITE), Optional.empty()));
    }

    Optional<SeenKind> kind(int column) {
        return column < kinds.size() ? kinds.get(column) : Optional.empty();
    }
}
