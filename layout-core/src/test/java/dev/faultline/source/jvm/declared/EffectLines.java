package dev.faultline.source.jvm.declared;

import dev.faultline.source.Subject;
import java.util.List;

/** The effects of the operations on a struct, a line each. */
final class EffectLines {

    private EffectLines() {}

    static List<String> of(Subject subject) {
        return subject.code().orElseThrow().operations().stream()
                .flatMap(operation -> operation.effects().stream()
                        .map(reached ->
                                operation.name() + " " + operation.role().name() + " "
                                        + reached.effect().kind() + " "
                                        + reached.effect().order() + " " + reached.path()
                                        + " :" + reached.effect().place().line().orElse(0)))
                .toList();
    }
}
