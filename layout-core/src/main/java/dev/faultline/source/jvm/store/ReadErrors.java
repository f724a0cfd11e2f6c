package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Describes in a few words why a file could not be read. */
@Internal
public final class ReadErrors {

    private ReadErrors() {}

    public static String of(Exception e) {
        if (e instanceof UncheckedIOException wrapped) {
            return of(wrapped.getCause());
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to read it";
        }
        String message = e.getMessage();
        if (!(e instanceof IOException) || message == null) {
            return "broken (" + e.getClass().getSimpleName() + ")";
        }
        return message.lines().findFirst().orElse("unreadable").strip();
    }
}
