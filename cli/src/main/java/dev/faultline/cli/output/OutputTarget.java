package dev.faultline.cli.output;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file or stream that an output name leads to.
 *
 * <p>Links are followed here one by one, whether or not there is a file at their end, so a file is made where a
 * dangling link leads. In a directory that several users can write, another user may have made a link, in place of
 * the file or of a directory before it. So a link is followed only when it belongs to this user, to root, or to the
 * owner of its target.
 *
 * @param path the file, which is no link; it may be missing, and its directory too
 * @param kind how it is written
 */
record OutputTarget(Path path, Kind kind) {

    /** How a target is written. */
    enum Kind {
        /** The standard output of this process, by one of its file names. */
        STANDARD_OUTPUT,
        /** A regular file, or none yet; replaced as a whole. */
        FILE,
        /** A pipe, a terminal, a device or a stream that is already open; opened and written. */
        STREAM
    }

    private static final int MOST_LINKS = 40; // as many as Linux follows
    private static final int STICKY = 01000;
    private static final int FILE_TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;

    private static final Pattern STANDARD = Pattern.compile("/dev/stdout|/dev/fd/1|/proc/self/fd/1");
    private static final Pattern OPEN_STREAM =
            Pattern.compile("/dev/std(in|err)|/dev/fd/\\d+|/proc/(self|thread-self|\\d+)/fd/\\d+");

    /**
     * Follows a name to its target.
     *
     * @param named what the user named
     * @param user the user of this process, when the system tells
     * @throws InputException when links make a loop, a link is not trusted, or the target cannot be written
     * @throws IOException when the system refuses to tell
     */
    static OutputTarget of(Path named, Optional<ProcessUser> user) throws IOException {
        Path end = new Walk(named, user).toEnd();
        if (STANDARD.matcher(absolute(end)).matches()) {
            return new OutputTarget(end, Kind.STANDARD_OUTPUT);
        }
        return new OutputTarget(end, isOpenAlready(end) ? Kind.STREAM : kind(named, end, user));
    }

    /** {@return whether a path names a stream of a process; its link is opened, not followed} */
    private static boolean isOpenAlready(Path path) {
        String name = absolute(path);
        return STANDARD.matcher(name).matches() || OPEN_STREAM.matcher(name).matches();
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** Walks along one name, component by component. The path it returns has no links. */
    private static final class Walk {
        private final Path named;
        private final Optional<ProcessUser> user;
        private final List<Path> distrusted = new ArrayList<>();
        private final List<Path> climbed = new ArrayList<>();
        private int links;

        Walk(Path named, Optional<ProcessUser> user) {
            this.named = named;
            this.user = user;
        }

        /** After a {@code ..}, distrusted links before it must belong to the owner of the final target too. */
        Path toEnd() throws IOException {
            Path end = follow(named);
            for (Path link : climbed) {
                check(link, end);
            }
            return end;
        }

        private Path follow(Path path) throws IOException {
            if (isOpenAlready(path)) {
                return path;
            }
            Path at = path.getRoot() == null ? path.getFileSystem().getPath("") : path.getRoot();
            int left = path.getNameCount();
            for (Path name : path) {
                left--;
                at = at.resolve(name);
                if (left == 0 && isOpenAlready(at)) {
                    return at;
                }
                if (name.toString().equals("..")) {
                    climbed.addAll(distrusted);
                }
                if (Files.isSymbolicLink(at)) {
                    at = followLink(at);
                }
            }
            return at;
        }

        private Path followLink(Path link) throws IOException {
            if (++links > MOST_LINKS) {
                throw new InputException(
                        named.toString(),
                        "",
                        "cannot be written: more than " + MOST_LINKS + " links, or a loop of links");
            }
            Path end = follow(link.resolveSibling(Files.readSymbolicLink(link)));
            if (user.isPresent() && !user.get().trusts(link)) {
                check(link, end);
                distrusted.add(link);
            }
            return end;
        }

        /**
         * Refuses a target whose owner is not that of the link; for a file yet to be made, its directory counts.
         */
        private void check(Path link, Path end) throws IOException {
            Path led = Files.exists(end, LinkOption.NOFOLLOW_LINKS) ? end : directory(end);
            if (!Files.exists(led, LinkOption.NOFOLLOW_LINKS) || ProcessUser.owner(link) != ProcessUser.owner(led)) {
                throw new InputException(
                        named.toString(),
                        "",
                        "cannot be written: " + link + " is a link made by "
                                + Files.getOwner(link, LinkOption.NOFOLLOW_LINKS)
                                        .getName()
                                + " to " + end
                                + ", which belongs to another user; name that file, or remove the link");
            }
        }
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
            if (user.isPresent() && isOfAnother(named, at, user.get())) {
                throw new InputException(
                        named.toString(),
                        "",
                        "cannot be written: it is a pipe or device of "
                                + Files.getOwner(at, LinkOption.NOFOLLOW_LINKS).getName()
                                + ", who would read the report; choose another name");
            }
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

    /** A pipe of another user, or a terminal that their link names, would give them the report. */
    private static boolean isOfAnother(Path named, Path at, ProcessUser user) throws IOException {
        int type = (Integer) Files.getAttribute(at, "unix:mode", LinkOption.NOFOLLOW_LINKS) & FILE_TYPE;
        boolean isDevice =
                type == CHARACTER_DEVICE && named.toAbsolutePath().normalize().startsWith("/dev");
        return !isDevice && !user.trusts(at);
    }

    /** {@return whether the sticky bit of its directory keeps a user from replacing a file} */
    private static boolean isKept(Path file, ProcessUser user) throws IOException {
        Path directory = directory(file);
        boolean sticky = ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
        return sticky && !user.isRoot() && !user.owns(file) && !user.owns(directory);
    }
}
