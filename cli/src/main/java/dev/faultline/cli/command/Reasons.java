package dev.faultline.cli.command;

import dev.faultline.input.VisibleText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why the operating system refused something; Java's messages are often just the name of the file. */
final class Reasons {

    private Reasons() {}

    /** {@return the reason, a few words} */
    static String of(IOException refused) {
        if (refused instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (refused instanceof AccessDeniedException) {
            return "no permission";
        }
        if (refused instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (refused instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (refused instanceof FileSystemException full && full.getReason() != null) {
            return VisibleText.of(full.getReason());
        }
        return refused.getMessage() == null
                ? refused.getClass().getSimpleName()
                : VisibleText.of(refused.getMessage()); // often a file's name
    }

    /** {@return whether the reader of our output went away, as {@code head} does: no reason to complain} */
    static boolean isClosedPipe(IOException refused) {
        String message = String.valueOf(refused.getMessage());
        return message.contains("Broken pipe") || message.contains("Pipe closed");
    }
}
