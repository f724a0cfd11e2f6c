package dev.faultline.assertion;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.contract.DeclaredPromise;
import dev.faultline.contract.PromiseChecker;
import dev.faultline.contract.PromiseResult;
import dev.faultline.contract.promise.Alone;
import dev.faultline.contract.promise.Conditions;
import dev.faultline.contract.promise.DifferentLines;
import dev.faultline.contract.promise.FixedOffset;
import dev.faultline.contract.promise.Group;
import dev.faultline.contract.promise.LineAligned;
import dev.faultline.contract.promise.MaxHazard;
import dev.faultline.contract.promise.MaxSize;
import dev.faultline.contract.promise.NoStraddle;
import dev.faultline.contract.promise.Promise;
import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.contract.promise.SameLine;
import dev.faultline.hazard.Severity;
import dev.faultline.input.NamePattern;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Assertions about one layout. First the conditions, then what is asserted: an assertion holds on every line size and in every
 * placement asked for, and throws {@link AssertionError} when it does not, or when it cannot be judged (a field that is not
 * there). Immutable: conditions make a new object, assertions return this one.
 *
 * <p>Without a word about them lines have 64 bytes, and objects start wherever the alignment of the layout (of a class, of the
 * VM's objects) allows. Without a profile every field is taken to be hot but those called {@code pad}, {@code reserved},
 * {@code unused} and the like, and those {@link #treatingAsCold}.
 */
public final class LayoutAssert {

    private static final String SOURCE = "assertion";

    private final Subject subject;
    private final Conditions conditions;

    private LayoutAssert(Subject subject, Conditions conditions) {
        this.subject = subject;
        this.conditions = conditions;
    }

    static LayoutAssert of(Subject subject) {
        return new LayoutAssert(subject, Conditions.of(Machines.x86()));
    }

    private LayoutAssert under(
            Machine machine, List<Integer> lineBytes, PromisePlacements placements, List<NamePattern> cold) {
        return new LayoutAssert(subject, new Conditions(machine, lineBytes, placements, cold, Optional.empty()));
    }

    /** {@return the same on lines of these sizes, powers of two from 16 to 1024; what is asserted holds on each} */
    public LayoutAssert onLinesOf(int... lineBytes) {
        List<Integer> sizes = Arrays.stream(lineBytes).boxed().toList();
        for (int bytes : sizes) {
            if (Integer.bitCount(bytes) != 1 || bytes < 16 || bytes > 1024) {
                throw new IllegalArgumentException("a line has a power of two of bytes from 16 to 1024, not " + bytes);
            }
        }
        return under(conditions.machine(), sizes, conditions.placements(), conditions.cold());
    }

    /** {@return the same for objects that start at multiples of so many bytes, a power of two} */
    public LayoutAssert placedAt(long baseAlignment) {
        return placed(new PromisePlacements.BaseAlign(baseAlignment));
    }

    /** {@return the same for objects that start on a line, as an allocator has to promise} */
    public LayoutAssert startingOnALine() {
        return placed(new PromisePlacements.Aligned());
    }

    private LayoutAssert placed(PromisePlacements placements) {
        return under(conditions.machine(), conditions.lineBytes(), placements, conditions.cold());
    }

    /** {@return the same for a machine, its line size and costs: {@code Machines.apple()}} */
    public LayoutAssert on(Machine machine) {
        return under(machine, List.of(machine.lineBytes().value()), conditions.placements(), conditions.cold());
    }

    /** {@return the same with fields that nobody touches; patterns such as {@code "p*"} over whole paths} */
    public LayoutAssert treatingAsCold(String... patterns) {
        List<NamePattern> cold = new ArrayList<>(conditions.cold());
        for (String pattern : patterns) {
            cold.add(NamePattern.parse(pattern));
        }
        return under(conditions.machine(), conditions.lineBytes(), conditions.placements(), cold);
    }

    /**
     * {@return the same with a profile that says who touches what}
     *
     * @param profile a profile in its YAML form, which has to know the struct
     */
    public LayoutAssert usedAs(Path profile) {
        try {
            return usedAs(ProfileReader.read(profile.toString(), Files.readString(profile)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the same with a profile, which has to know the struct} */
    public LayoutAssert usedAs(Profile profile) {
        String name = subject.layout().name();
        if (profile.forStruct(name).isEmpty()) {
            throw new IllegalArgumentException("the profile '" + profile.title() + "' says nothing about " + name);
        }
        return new LayoutAssert(subject.withProfile(profile.forStruct(name)), conditions);
    }

    /** Asserts that nothing hot shares a line with these fields, which may be together. */
    public LayoutAssert isolates(String... fields) {
        return keeps(new Alone(List.of(fields)));
    }

    /** Asserts that all bytes of these fields are on one line. */
    public LayoutAssert keepsTogether(String... fields) {
        return keeps(new SameLine(List.of(fields)));
    }

    /** Asserts that no two of these fields share a line. */
    public LayoutAssert separates(String... fields) {
        return keeps(new DifferentLines(List.of(fields)));
    }

    /** Asserts that nothing else stands among these fields, and that they have at most so many bytes. */
    public LayoutAssert groups(long maxBytes, String... fields) {
        return keeps(new Group(String.join(" ", fields), List.of(fields), OptionalLong.of(maxBytes)));
    }

    /** Asserts a size. */
    public LayoutAssert isAtMost(long bytes) {
        return keeps(new MaxSize(bytes));
    }

    /** Asserts where a field starts. */
    public LayoutAssert hasAt(String field, long byteOffset) {
        return keeps(new FixedOffset(field, byteOffset));
    }

    /** Asserts that a field starts a line. */
    public LayoutAssert startsLine(String field) {
        return keeps(new LineAligned(field));
    }

    /** Asserts that a field is on one line; one larger than a line, on as few as its bytes need. */
    public LayoutAssert doesNotStraddle(String field) {
        return keeps(new NoStraddle(field));
    }

    /** Asserts that no rule finds anything, but those left out by id. */
    public LayoutAssert hasNoHazard(String... ignoredRules) {
        return keeps(new MaxHazard(Optional.empty(), List.of(ignoredRules)));
    }

    /** Asserts that no rule finds worse than info or a warning; takes a profile, without which nothing is worse than info. */
    public LayoutAssert hasNoHazardAbove(Severity severity, String... ignoredRules) {
        return keeps(new MaxHazard(Optional.of(severity), List.of(ignoredRules)));
    }

    /** Asserts any promise a contract can make. */
    public LayoutAssert keeps(Promise promise) {
        PromiseResult result = new PromiseChecker(subject, conditions).check(new DeclaredPromise(promise, SOURCE, ""));
        if (result.status() != PromiseResult.Status.KEPT) {
            throw new AssertionError(Failure.message(subject, conditions, result));
        }
        return this;
    }

    @Override
    public String toString() {
        return subject.layout().spelling() + " on lines of " + conditions.lineBytes() + " bytes";
    }
}
