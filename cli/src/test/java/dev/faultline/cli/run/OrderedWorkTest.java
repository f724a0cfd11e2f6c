package dev.faultline.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedWorkTest {

    private static final List<Integer> MANY = IntStream.range(0, 5000).boxed().toList();

    @Test
    void resultsComeInTheOrderOfTheInputsWhateverTheirSizes() throws IOException {
        List<String> taken = new ArrayList<>();
        new OrderedWork<>(MANY, input -> input * 31L % 997, input -> "result " + input).run(taken::add);
        assertThat(taken)
                .isEqualTo(MANY.stream().map(input -> "result " + input).toList());
    }

    @Test
    void theLargestInputIsBegunBeforeResultsAreTaken() throws IOException {
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        List<Boolean> largestBegun = new ArrayList<>();
        new OrderedWork<>(MANY, input -> input, input -> {
                    begun.add(input);
                    return input;
                })
                .run(result -> largestBegun.add(begun.contains(4999)));
        assertThat(largestBegun).hasSize(MANY.size()).containsOnly(true);
    }

    @Test
    void aFailureIsThrownWhenItIsItsTurn() {
        List<Integer> taken = new ArrayList<>();
        OrderedWork<Integer, Integer> work = new OrderedWork<>(MANY, input -> input, input -> {
            if (input >= 2000) {
                throw new IllegalStateException("input " + input);
            }
            return input;
        });
        assertThatThrownBy(() -> work.run(taken::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("input 2000");
        assertThat(taken).isEqualTo(MANY.subList(0, 2000));
    }

    @Test
    void anErrorIsThrownAsItIs() {
        OrderedWork<Integer, Integer> work = new OrderedWork<>(List.of(1), input -> 1, input -> {
            throw new StackOverflowError("too deep");
        });
        assertThatThrownBy(() -> work.run(result -> {})).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void noMoreIsBegunThanFewAheadOnceResultsAreNotTaken() {
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        OrderedWork<Integer, Integer> work = new OrderedWork<>(MANY, input -> 1, input -> {
            begun.add(input);
            return input;
        });
        assertThatThrownBy(() -> work.run(result -> {
                    throw new IOException("the reader went away");
                }))
                .isInstanceOf(IOException.class);
        assertThat(begun).hasSizeLessThan(2000);
    }

    @Test
    void withoutInputsNothingIsTaken() throws IOException {
        List<Integer> taken = new ArrayList<>();
        new OrderedWork<Integer, Integer>(List.of(), input -> 1, input -> input).run(taken::add);
        assertThat(taken).isEmpty();
    }
}
