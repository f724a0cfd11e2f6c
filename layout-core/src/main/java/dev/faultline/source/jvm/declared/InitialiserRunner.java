package dev.faultline.source.jvm.declared;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/** Runs static initialisers outside of this process and tells what static fields hold afterwards. */
@Internal
public interface InitialiserRunner {

    /**
     * A class whose initialiser is to be run.
     *
     * @param type its name as {@code Class.forName} takes it
     * @param feature the oldest JDK that can run it: 22
     * @param fields static fields whose values are asked for
     */
    record Request(String type, int feature, List<String> fields) {
        public Request {
            Objects.requireNonNull(type);
            fields = List.copyOf(fields);
        }
    }

    /**
     * What a class has answered. The lines are hostile input.
     *
     * @param lines what was written about its fields
     * @param problem what its initialiser did instead of giving values: {@code "did not end within 10 s"}; else empty
     */
    record Answer(List<String> lines, String problem) {
        public Answer {
            lines = List.copyOf(lines);
            Objects.requireNonNull(problem);
        }

        /** An answer whose lines may tell a problem. */
        public static Answer of(List<String> lines) {
            return new Answer(lines, ComputedValues.problem(lines));
        }

        /** An answer without lines. */
        public static Answer problem(String words) {
            return new Answer(List.of(), words);
        }
    }

    /**
     * Runs initialisers, each at most once.
     *
     * @param requests the classes
     * @return an answer for each
     * @throws dev.faultline.input.InputException when none can be run
     */
    List<Answer> run(List<Request> requests);
}
