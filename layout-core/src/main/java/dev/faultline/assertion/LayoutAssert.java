package dev.faultline.assertion;

import dev.faultline.access.Profile;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.access.file.ProfileFile;
import dev.faultline.api.Internal;
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
 * Assertions about one layout. Conditions come first, then assertions. An assertion must hold for every line size and
 * every placement of the conditions; it throws {@link AssertionError} when it does not or cannot be evaluated (an
 * unknown field). Immutable: conditions return a new object.
 *
 * <p>By default, lines have 64 bytes and objects start at any multiple of the alignment of the layout (for a class, of
 * the VM's objects). Without a profile every field counts as hot, except those named {@code pad}, {@code reserved},
 * {@code unused} and the like, and those of {@link #treatingAsCold}.
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

    /**
     * {@return a copy for lines of these sizes; assertions must hold for each}
     *
     * @param lineBytes sizes in bytes, powers of two from 16 to 1024
     */
    public LayoutAssert onLinesOf(int... lineBytes) {
        List<Integer> sizes = Arrays.stream(lineBytes).boxed().toList();
        for (int bytes : sizes) {
            if (Integer.bitCount(bytes) != 1 || bytes < 16 || bytes > 1024) {
                throw new IllegalArgumentException("a line size is a power of two from 16 to 1024 bytes, got " + bytes);
            }
        }
        return under(conditions.machine(), sizes, conditions.placements(), conditions.cold());
    }

    /**
     * {@return a copy for objects that start at multiples of an alignment}
     *
     * @param baseAlignment the alignment in bytes, a power of two
     */
    public LayoutAssert placedAt(long baseAlignment) {
        return placed(new PromisePlacements.BaseAlign(baseAlignment));
    }

    /** {@return a copy for objects that start at the start of a line} */
    public LayoutAssert startingOnALine() {
        return placed(new PromisePlacements.Aligned());
    }

    private LayoutAssert placed(PromisePlacements placements) {
        return under(conditions.machine(), conditions.lineBytes(), placements, conditions.cold());
    }

    /**
     * {@return a copy for a machine's line size and costs}
     *
     * @param machine the machine, such as {@code Machines.apple()}
     */
    public LayoutAssert on(Machine machine) {
        return under(machine, List.of(machine.lineBytes().value()), conditions.placements(), conditions.cold());
    }

    /**
     * {@return a copy with fields that are not accessed in normal operation}
     *
     * @param patterns patterns that match whole paths, such as {@code "p*"}
     */
    public LayoutAssert treatingAsCold(String... patterns) {
        List<NamePattern> cold = new ArrayList<>(conditions.cold());
        for (String pattern : patterns) {
            cold.add(NamePattern.parse(pattern));
        }
        return under(conditions.machine(), conditions.lineBytes(), conditions.placements(), cold);
    }

    /**
     * {@return a copy with a profile of accesses}
     *
     * @param profile a profile as YAML, or an access file; must contain the struct
     */
    public LayoutAssert usedAs(Path profile) {
        try {
            return usedAs(ProfileFile.read(profile.toString(), Files.readString(profile), note -> {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * {@return a copy with a profile of accesses}
     *
     * @param profile a profile; must contain the struct
     */
    public LayoutAssert usedAs(Profile profile) {
        String name = subject.layout().name();
        if (profile.forStruct(name).isEmpty()) {
            throw new IllegalArgumentException("the profile '" + profile.title() + "' says nothing about " + name);
        }
        return new LayoutAssert(
                subject.withProfile(profile.forStruct(name).map(one -> ObservedProfile.in(one, subject.layout()))),
                conditions);
    }

    /**
     * Asserts that no other hot field shares a line with these fields; they may share lines with each other.
     *
     * @param fields paths of fields, such as {@code "dst.__refcnt"}
     * @return this object
     */
    public LayoutAssert isolates(String... fields) {
        return keeps(new Alone(List.of(fields)));
    }

    /**
     * Asserts that all bytes of these fields are on one cache line.
     *
     * @param fields paths of fields, such as {@code "dst.__refcnt"}
     * @return this object
     */
    public LayoutAssert keepsTogether(String... fields) {
        return keeps(new SameLine(List.of(fields)));
    }

    /**
     * Asserts that no two of these fields share a line.
     *
     * @param fields paths of fields, such as {@code "dst.__refcnt"}
     * @return this object
     */
    public LayoutAssert separates(String... fields) {
        return keeps(new DifferentLines(List.of(fields)));
    }

    /**
     * Asserts that these fields are close together, with no other field between them.
     *
     * @param maxBytes the most bytes from the start of the first to the end of the last
     * @param fields paths of fields, such as {@code "dst.__refcnt"}
     * @return this object
     */
    public LayoutAssert groups(long maxBytes, String... fields) {
        return keeps(new Group(String.join(" ", fields), List.of(fields), OptionalLong.of(maxBytes)));
    }

    /**
     * Asserts the largest size that the struct or object may have.
     *
     * @param bytes the size in bytes
     * @return this object
     */
    public LayoutAssert isAtMost(long bytes) {
        return keeps(new MaxSize(bytes));
    }

    /**
     * Asserts the offset of a field.
     *
     * @param field the path of the field
     * @param byteOffset its offset in bytes, from 0
     * @return this object
     */
    public LayoutAssert hasAt(String field, long byteOffset) {
        return keeps(new FixedOffset(field, byteOffset));
    }

    /**
     * Asserts that a field is at the start of a line.
     *
     * @param field the path of the field
     * @return this object
     */
    public LayoutAssert startsLine(String field) {
        return keeps(new LineAligned(field));
    }

    /**
     * Asserts that a field is on as few lines as its size allows.
     *
     * @param field the path of the field
     * @return this object
     */
    public LayoutAssert doesNotStraddle(String field) {
        return keeps(new NoStraddle(field));
    }

    /**
     * Asserts that no rule has a finding.
     *
     * @param ignoredRules ids of rules whose findings are allowed
     * @return this object
     */
    public LayoutAssert hasNoHazard(String... ignoredRules) {
        return keeps(new MaxHazard(Optional.empty(), List.of(ignoredRules)));
    }

    /**
     * Asserts that no rule has a finding above a severity. Needs a profile: without one, findings are at most info.
     *
     * @param severity the highest severity that is allowed
     * @param ignoredRules ids of rules whose findings are allowed
     * @return this object
     */
    public LayoutAssert hasNoHazardAbove(Severity severity, String... ignoredRules) {
        return keeps(new MaxHazard(Optional.of(severity), List.of(ignoredRules)));
    }

    /**
     * Asserts any promise that a contract can state.
     *
     * @param promise the promise
     * @return this object
     */
    @Internal
    public LayoutAssert keeps(Promise promise) {
        PromiseResult result = new PromiseChecker(subject, conditions).check(new DeclaredPromise(promise, SOURCE, ""));
        if (result.status() != PromiseResult.Status.KEPT) {
            throw new AssertionError(FailureMessage.message(subject, conditions, result));
        }
        return this;
    }

    @Override
    public String toString() {
        return subject.layout().spelling() + " on lines of " + conditions.lineBytes() + " bytes";
    }
}
