package dev.faultline.source.jvm.child;

import dev.faultline.api.Internal;
import dev.faultline.source.jvm.declared.InitialiserRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs each initialiser once, however often its values are asked for. Safe for use by several threads. */
@Internal
public final class RememberedRuns implements InitialiserRunner {

    private final InitialiserRunner runner;
    private final Map<Request, Answer> known = new HashMap<>();

    /**
     * A runner that remembers.
     *
     * @param runner runs what was not run before
     */
    public RememberedRuns(InitialiserRunner runner) {
        this.runner = runner;
    }

    @Override
    public synchronized List<Answer> run(List<Request> requests) {
        List<Request> left =
                requests.stream().filter(each -> !known.containsKey(each)).toList();
        List<Answer> answers = left.isEmpty() ? List.of() : runner.run(left);
        for (int i = 0; i < left.size(); i++) {
            known.put(left.get(i), answers.get(i));
        }
        return new ArrayList<>(requests.stream().map(known::get).toList());
    }
}
