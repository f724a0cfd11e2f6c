package dev.faultline.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/**
 * The user who owns the files that this process makes.
 *
 * @param principal the user
 * @param uid the user's number
 */
record ProcessUser(UserPrincipal principal, int uid) {

    private static final int ROOT = 0;

    private static final Path SELF = Path.of("/proc/self");

    /** {@return the user; empty on a system without {@code /proc}} */
    static Optional<ProcessUser> here() {
        if (!isKnownBy(SELF) || !Files.exists(SELF)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessUser(Files.getOwner(SELF), (Integer) Files.getAttribute(SELF, "unix:uid")));
        } catch (IOException | UnsupportedOperationException hidden) {
            return Optional.empty();
        }
    }

    /** {@return whether this is root} */
    boolean isRoot() {
        return uid == ROOT;
    }

    /** {@return whether a file, or a link itself, belongs to this user} */
    boolean owns(Path file) throws IOException {
        return uid == owner(file);
    }

    /** {@return whether a file, or a link itself, belongs to this user or to root} */
    boolean trusts(Path file) throws IOException {
        int owner = owner(file);
        return owner == uid || owner == ROOT;
    }

    /** {@return the number of the owner of a file, or of a link itself} */
    static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isKnownBy(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
