package dev.faultline.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A file that gets its name when it is complete, and leaves nothing behind when it is not. Every file that the
 * program writes is made here.
 *
 * <p>The draft is written in a new directory beside the file, called {@code .faultline-} and 16 random hexadecimal
 * digits. Both are created exclusively, so neither can be a link that another user made before. Only the owner may
 * enter the directory, so no other user learns the random name of the draft. Both names are short, however long the
 * file's own is. The draft is on the same file system, so the move is atomic.
 *
 * <p><b>A new file</b> has the mode that the umask, or a default access list of the directory, gives to new files.
 * <b>A file that replaces another</b> has, at the moment of the move, the mode of the other, its group and its
 * owner as far as the system lets this user give them. Without the group, the bits of group and others are those
 * that both had, so no user may do more than before. Not kept: access control lists (where one was, the bits of the
 * group show its mask), extended attributes, set-user and set-group bits, and the other names of a file with
 * several hard links, which still name the old file.
 *
 * <p><b>When other users can write in the directory</b>, and rename or replace its entries while this runs, they can
 * also replace the finished file, so nothing is promised about the name itself. But no file elsewhere is touched: the
 * draft is made, changed and removed relative to the open directory, without following links; the move replaces a
 * link and does not follow it; and mode and owner are changed only in a directory that this user made and no other
 * user can enter. Where the Java VM cannot work inside an open directory (macOS, Windows), each of these uses the
 * name instead, still without following links. Where there are no POSIX
 * attributes, none are kept.
 *
 * <p>A draft is removed when it is closed, when the VM is told to end (INT, TERM, HUP) and when it ends for lack of
 * memory; not when the VM is killed outright.
 */
final class AtomicFile implements AutoCloseable {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int RANDOM_BYTES = 8;

    private final Path target;
    private final Optional<ProcessUser> user;
    private final Path directory;
    private final Path name;
    private final boolean posix;
    private final Thread hook = new Thread(this::remove, "draft");

    private Optional<SecureDirectoryStream<Path>> inside = Optional.empty();
    private SeekableByteChannel channel;
    private boolean gone;

    private AtomicFile(Path target, Path beside, Optional<ProcessUser> user) {
        this.target = target;
        this.user = user;
        this.directory = beside.resolve(".faultline-" + random());
        this.name = this.directory.getFileSystem().getPath(random());
        this.posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Makes an empty draft.
     *
     * @param target the file to make or replace, after its links
     * @param user the user of this process, when the system tells
     * @throws IOException when no draft can be made beside the file
     */
    static AtomicFile of(OutputTarget target, Optional<ProcessUser> user) throws IOException {
        AtomicFile draft = new AtomicFile(target.path(), target.directory(), user);
        try {
            Runtime.getRuntime().addShutdownHook(draft.hook);
        } catch (IllegalStateException ending) {
            throw interrupted();
        }
        try {
            draft.make();
            return draft;
        } catch (IOException | RuntimeException | Error failed) {
            draft.close();
            throw failed;
        }
    }

    private synchronized void make() throws IOException {
        if (gone) {
            throw interrupted();
        }
        Files.createDirectory(directory, only("rwx------"));
        DirectoryStream<Path> opened = Files.newDirectoryStream(directory);
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            inside = Optional.of(secure);
        } else {
            opened.close();
        }
        boolean replaces = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        FileAttribute<?>[] mode = replaces ? only("rw-------") : new FileAttribute<?>[0];
        channel = inside.isPresent()
                ? inside.get().newByteChannel(name, NEW, mode)
                : Files.newByteChannel(directory.resolve(name), NEW, mode);
    }

    private FileAttribute<?>[] only(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** {@return where to write; closed by this} */
    OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Gives the draft its name, in place of an old file. Everything must have been written.
     *
     * @throws IOException when that cannot be done; the old file is then unchanged
     */
    synchronized void publish() throws IOException {
        if (gone) {
            throw interrupted();
        }
        channel.close();
        keepAttributes();
        Files.move(
                directory.resolve(name), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void keepAttributes() throws IOException {
        if (!posix || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || !isOurs()) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(target, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView view = view();
        PosixFileAttributes now = view.readAttributes();
        boolean sameGroup = now.group().equals(old.group()) || isDone(() -> view.setGroup(old.group()));
        Set<PosixFilePermission> mode = sameGroup ? old.permissions() : forAnyGroup(old.permissions());
        if (!mode.equals(now.permissions())
                && !isDone(() -> view.setPermissions(mode))
                && !mode.containsAll(now.permissions())) {
            throw new IOException("the mode of the old file, " + PosixFilePermissions.toString(mode)
                    + ", cannot be given to the new one");
        }
        if (!now.owner().equals(old.owner())) {
            isDone(() -> view.setOwner(old.owner())); // last: the file of another user cannot be changed any more
        }
    }

    /** {@return whether no other user can replace the draft} */
    private boolean isOurs() throws IOException {
        if (user.isEmpty()) {
            return true;
        }
        PosixFileAttributes found = (inside.isPresent()
                        ? inside.get().getFileAttributeView(PosixFileAttributeView.class)
                        : Files.getFileAttributeView(
                                directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                .readAttributes();
        return found.owner().equals(user.get().principal())
                && !found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private PosixFileAttributeView view() {
        return inside.isPresent()
                ? inside.get().getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(
                        directory.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return the mode of a file whose group could not be kept: group and others may do what both were allowed to} */
    static Set<PosixFilePermission> forAnyGroup(Set<PosixFilePermission> mode) {
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(mode);
        for (String bit : new String[] {"READ", "WRITE", "EXECUTE"}) {
            PosixFilePermission group = PosixFilePermission.valueOf("GROUP_" + bit);
            PosixFilePermission others = PosixFilePermission.valueOf("OTHERS_" + bit);
            if (!mode.contains(group) || !mode.contains(others)) {
                left.remove(group);
                left.remove(others);
            }
        }
        return left;
    }

    private interface Change {
        void make() throws IOException;
    }

    /** {@return whether the system allowed it} */
    private static boolean isDone(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Removes the draft unless it was published, and its directory in any case. */
    @Override
    public void close() {
        remove();
        if (channel != null) {
            isDone(channel::close);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the hook has nothing to do
        }
    }

    /** The channel stays open where possible, so that a thread that still writes while the VM ends does not fail. */
    private synchronized void remove() {
        if (gone) {
            return;
        }
        gone = true;
        if (!isDone(this::delete) && channel != null) {
            isDone(channel::close); // some systems do not delete open files
            isDone(this::delete);
        }
        isDone(() -> Files.deleteIfExists(directory));
        isDone(() -> {
            if (inside.isPresent()) {
                inside.get().close();
            }
        });
    }

    private void delete() throws IOException {
        if (inside.isPresent()) {
            try {
                inside.get().deleteFile(name);
            } catch (NoSuchFileException published) {
                // it has been moved
            }
        } else {
            Files.deleteIfExists(directory.resolve(name));
        }
    }

    private static IOException interrupted() {
        return new IOException("the run was interrupted");
    }
}
