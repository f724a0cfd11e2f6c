package dev.faultline.cli.command;

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
 * A file in the making, which takes its name when it is whole and leaves nothing behind when it is not. Every file
 * that the program writes is made here.
 *
 * <p>The draft lies in a directory of its own beside the file, {@code .faultline-} and 16 random hexadecimal
 * digits. Both are made exclusively, so neither can be a link that somebody laid before, and nobody but their owner
 * may enter the directory, so nobody else learns the draft's name, which is random too. Names are short wherever
 * the file's own is long. It is on the same file system, so the move is atomic.
 *
 * <p><b>A new file</b> has the mode that the umask, or a default access list of the directory, gives any new file.
 * <b>A file that replaces another</b> has, at the moment of the move, the mode of the other, its group and its
 * owner as far as the system lets this user give them. Without the group, the bits of group and others are those
 * that both had, so nobody may do more than before. Not kept: access control lists (where one was, the bits of the
 * group show its mask), extended attributes, set-user and set-group bits, and the other names of a file with
 * several hard links, which go on naming the old file.
 *
 * <p><b>What holds when others can write in the directory</b>, and rename or replace what is in it while this runs:
 * they may as well replace the finished file, so nothing is promised about the name itself. But no file outside is
 * touched: making the draft, changing its mode and owner, and removing it happen by way of the open directory and
 * follow no link; the move replaces a link and does not follow it; and mode and owner are changed only in a
 * directory that this user made and nobody else can enter. Where the Java VM cannot work inside an open directory
 * (macOS, Windows), each of these goes by name instead, still following no link. Where there are no POSIX
 * attributes, none are kept.
 *
 * <p>A draft is removed when it is closed, when the VM is told to end (INT, TERM, HUP) and when it ends for lack of
 * memory; not when the VM is killed outright.
 */
final class Draft implements AutoCloseable {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int RANDOM_BYTES = 8;

    private final Path target;
    private final Optional<ProcessUser> user;
    private final Path room;
    private final Path name;
    private final boolean posix;
    private final Thread hook = new Thread(this::remove, "draft");

    private Optional<SecureDirectoryStream<Path>> inside = Optional.empty();
    private SeekableByteChannel channel;
    private boolean gone;

    private Draft(Path target, Path directory, Optional<ProcessUser> user) {
        this.target = target;
        this.user = user;
        this.room = directory.resolve(".faultline-" + random());
        this.name = room.getFileSystem().getPath(random());
        this.posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Makes a draft.
     *
     * @param target the file to be, whose links are followed already
     * @param user who runs this, when the system tells
     * @return an empty draft, open
     * @throws IOException when there can be none beside the file
     */
    static Draft of(OutputTarget target, Optional<ProcessUser> user) throws IOException {
        Draft draft = new Draft(target.path(), target.directory(), user);
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
        Files.createDirectory(room, only("rwx------"));
        DirectoryStream<Path> opened = Files.newDirectoryStream(room);
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            inside = Optional.of(secure);
        } else {
            opened.close();
        }
        boolean replaces = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        FileAttribute<?>[] mode = replaces ? only("rw-------") : new FileAttribute<?>[0];
        channel = inside.isPresent()
                ? inside.get().newByteChannel(name, NEW, mode)
                : Files.newByteChannel(room.resolve(name), NEW, mode);
    }

    private FileAttribute<?>[] only(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** {@return where to write; the draft closes it} */
    OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Gives the draft its name, in place of what had it. Everything must have been written.
     *
     * @throws IOException when that cannot be done; the old file is then as it was
     */
    synchronized void publish() throws IOException {
        if (gone) {
            throw interrupted();
        }
        channel.close();
        keepAttributes();
        Files.move(room.resolve(name), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
            isDone(() -> view.setOwner(old.owner())); // last: what is another's can be changed no more
        }
    }

    /** {@return whether nobody else can put another file in the place of the draft} */
    private boolean isOurs() throws IOException {
        if (user.isEmpty()) {
            return true;
        }
        PosixFileAttributes found = (inside.isPresent()
                        ? inside.get().getFileAttributeView(PosixFileAttributeView.class)
                        : Files.getFileAttributeView(room, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                .readAttributes();
        return found.owner().equals(user.get().principal())
                && !found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private PosixFileAttributeView view() {
        return inside.isPresent()
                ? inside.get().getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(
                        room.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return what a mode leaves to a group it was not meant for, and to those who were in the other} */
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

    /** {@return whether the system let it be done} */
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
            // the hook finds nothing to do
        }
    }

    /** The channel stays open when it can: a thread that still writes while the VM ends has nothing to complain of. */
    private synchronized void remove() {
        if (gone) {
            return;
        }
        gone = true;
        if (!isDone(this::delete) && channel != null) {
            isDone(channel::close); // some systems delete no open file
            isDone(this::delete);
        }
        isDone(() -> Files.deleteIfExists(room));
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
                // it has its name
            }
        } else {
            Files.deleteIfExists(room.resolve(name));
        }
    }

    private static IOException interrupted() {
        return new IOException("the run was interrupted");
    }
}
