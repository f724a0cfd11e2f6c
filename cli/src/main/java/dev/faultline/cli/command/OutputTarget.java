package dev.faultline.cli.command;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the name of an output file stands for, links followed to their end.
 *
 * <p>Links are followed here one by one, whether or not there is a file at their end, so a file is made where a
 * dangling link leads. In a directory that several users write, a link may have been laid by somebody else; a link
 * is followed only when it belongs to this user, to root, or to the owner of what it leads to.
 *
 * @param path the file, which is no link; it may be missing, and its directory too
 * @param kind how it is written
 */
record OutputTarget(Path path, Kind kind) {

    /** How a target is written. */
    enum Kind {
        /** Standard output of this process by one of its file names. */
        STANDARD_OUTPUT,
        /** A regular file, or none yet: replaced as a whole. */
        FILE,
        /** A pipe, a terminal, a device, a stream that is open already: written as it is. */
        STREAM
    }

    private static final int MOST_LINKS = 40; // as many as Linux follows
    private static final int STICKY = 01000;

    private static final Pattern STANDARD = Pattern.compile("/dev/stdout|/dev/fd/1|/proc/self/fd/1");
    private static final Pattern OPEN_STREAM =
            Pattern.compile("/dev/std(in|err)|/dev/fd/\\d+|/proc/(self|thread-self|\\d+)/fd/\\d+");

    /**
     * Follows a name to its end.
     *
     * @param named what the user named
     * @param user who runs this, when the system tells
     * @return what to write
     * @throws InputException when links make a loop, a link is not to be trusted, or the target cannot be written
     * @throws IOException when the system does not tell
     */
    static OutputTarget of(Path named, Optional<ProcessUser> user) throws IOException {
        Path at = named;
        for (int links = 0; links <= MOST_LINKS; links++) {
            String name = at.toAbsolutePath().normalize().toString();
            if (STANDARD.matcher(name).matches()) {
                return new OutputTarget(at, Kind.STANDARD_OUTPUT);
            }
            if (OPEN_STREAM.matcher(name).matches()) {
                return new OutputTarget(at, Kind.STREAM);
            }
            if (!Files.isSymbolicLink(at)) {
                return new OutputTarget(at, kind(named, at, user));
            }
            Path next = at.resolveSibling(Files.readSymbolicLink(at));
            if (user.isPresent()) {
                checkLink(named, at, next, user.get());
            }
            at = next;
        }
        throw new InputException(
                named.toString(), "", "cannot be written: more than " + MOST_LINKS + " links, or a loop of links");
    }

    /** {@return the directory in which the target is or will be} */
    Path directory() {
        return directory(path);
    }

    private static Path directory(Path file) {
        return file.getParent() == null ? Path.of(".") : file.getParent();
    }

    private static Kind kind(Path named, Path at, Optional<ProcessUser> user) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException free) {
            return Kind.FILE;
        }
        if (found.isDirectory()) {
            throw new InputException(named.toString(), "", "is a directory; -o wants a file");
        }
        if (!Files.isWritable(at)) {
            throw new InputException(named.toString(), "", "cannot be written: no permission");
        }
        if (!found.isRegularFile()) {
            return Kind.STREAM;
        }
        if (user.isPresent() && isKept(at, user.get())) {
            throw new InputException(
                    named.toString(),
                    "",
                    "cannot be replaced: it belongs to " + Files.getOwner(at).getName()
                            + ", and its directory has the sticky bit; choose another name");
        }
        return Kind.FILE;
    }

    private static void checkLink(Path named, Path link, Path next, ProcessUser user) throws IOException {
        Path led = Files.exists(next, LinkOption.NOFOLLOW_LINKS) ? next : directory(next);
        if (user.trusts(link)
                || Files.exists(led, LinkOption.NOFOLLOW_LINKS) && ProcessUser.owner(link) == ProcessUser.owner(led)) {
            return;
        }
        throw new InputException(
                named.toString(),
                "",
                "cannot be written: " + link + " is a link made by "
                        + Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).getName() + " to " + next
                        + ", which belongs to somebody else; name that file, or remove the link");
    }

    /** {@return whether the sticky bit of its directory keeps a user from replacing a file} */
    private static boolean isKept(Path file, ProcessUser user) throws IOException {
        Path directory = directory(file);
        boolean sticky = ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
        return sticky && !user.isRoot() && !user.owns(file) && !user.owns(directory);
    }
}
