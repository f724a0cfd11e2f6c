package dev.faultline.cli.output;

import dev.faultline.input.VisibleText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why the operating system refused something, in words. Java's own messages are often only the name of the file. */
public final class Reasons {

    /** What Java says of a program that cannot be started; its name and the number of the error are left out. */
    private static final Pattern PROGRAM = Pattern.compile(
            "(?s)Cannot run program \".*\": (?:error=\\d+, |Exec failed, error: \\d+ \\()(?<reason>[^)]+).*");

    private Reasons() {}

    /** {@return the reason, a few words} */
    public static String of(IOException refused) {
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
        Matcher program = PROGRAM.matcher(String.valueOf(refused.getMessage()));
        if (program.matches()) {
            String reason = program.group("reason");
            return VisibleText.of(reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1));
        }
        return refused.getMessage() == null
                ? refused.getClass().getSimpleName()
                : VisibleText.of(refused.getMessage()); // often the name of a file
    }

    /** {@return whether the reader of the output has closed it, as {@code head} does; that is no failure} */
    public static boolean isClosedPipe(IOException refused) {
        String message = String.valueOf(refused.getMessage());
        return message.contains("Broken pipe") || message.contains("Pipe closed");
    }
}
