package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A class that is to be laid out, with the result once it is. */
final class ClassDraft {

    private final String name;
    private final Supplier<Optional<Subject>> layOut;
    private Optional<Subject> subject = Optional.empty();
    private Optional<InputException> refusal = Optional.empty();

    /**
     * A class that is not laid out yet.
     *
     * @param name its internal name
     * @param layOut lays it out; empty when that is not wanted; throws {@link InputException} when it cannot be
     */
    ClassDraft(String name, Supplier<Optional<Subject>> layOut) {
        this.name = name;
        this.layOut = layOut;
    }

    /** {@return the same classes, laid out on all CPUs} */
    static List<ClassDraft> laidOut(List<ClassDraft> drafts) {
        drafts.parallelStream().forEach(ClassDraft::layOut);
        return drafts;
    }

    private void layOut() {
        try {
            subject = layOut.get();
        } catch (InputException refused) {
            refusal = Optional.of(refused);
        }
    }

    String name() {
        return name;
    }

    Optional<Subject> subject() {
        return subject;
    }

    /** {@return why it has no layout} */
    Optional<InputException> refusal() {
        return refusal;
    }
}
