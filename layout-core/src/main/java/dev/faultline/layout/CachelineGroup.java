package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A group of members between two markers of no size, as the kernel's {@code __cacheline_group_begin(NAME)} and
 * {@code __cacheline_group_end(NAME)} leave them in BTF and DWARF: {@code __cacheline_group_begin__NAME} and
 * {@code __cacheline_group_end__NAME}.
 *
 * @param name the group's name, with the path of the embedded struct it is in: {@code "sk.sock_write_rx"}
 * @param beginOffset byte offset of the begin marker; absent when it is missing
 * @param endOffset byte offset of the end marker; absent when it is missing
 */
@Internal
public record CachelineGroup(String name, OptionalLong beginOffset, OptionalLong endOffset) {

    private static final String BEGIN = "__cacheline_group_begin__";
    private static final String END = "__cacheline_group_end__";
    private static final String PAD = "__cacheline_group_pad__";

    /** {@return whether a member opens a group} */
    public static boolean isBegin(Member member) {
        return member.name().startsWith(BEGIN);
    }

    /** {@return whether a member closes a group} */
    public static boolean isEnd(Member member) {
        return member.name().startsWith(END);
    }

    /** {@return whether one member opens the group that the other closes} */
    public static boolean matches(Member begin, Member end) {
        return isBegin(begin)
                && isEnd(end)
                && begin.name().substring(BEGIN.length()).equals(end.name().substring(END.length()));
    }

    /** {@return the groups of a layout, those of embedded structs too, in order of their first marker} */
    public static List<CachelineGroup> of(StructLayout layout) {
        List<CachelineGroup> groups = new ArrayList<>();
        collect(layout, "", 0, groups, 0);
        return groups;
    }

    /**
     * {@return the end of the padding of an aligned group, in bytes from the start of the layout; empty for a group
     * without padding}
     *
     * <p>The aligned forms of the kernel's markers leave {@code __cacheline_group_pad__NAME} behind the group.
     *
     * @param layout a layout
     * @param name the group's name, with the path of the embedded struct
     */
    public static OptionalLong padEnd(StructLayout layout, String name) {
        return padEnd(layout, "", 0, name, 0);
    }

    private static OptionalLong padEnd(StructLayout layout, String prefix, long base, String name, int depth) {
        for (Member member : layout.members()) {
            long offset = base + member.byteOffset();
            if (member.name().startsWith(PAD)
                    && name.equals(prefix + member.name().substring(PAD.length()))) {
                return OptionalLong.of(offset);
            }
            if (member.type() instanceof FieldType.Aggregate inner && depth < 64) {
                String path = member.isAnonymous() ? prefix : prefix + member.name() + ".";
                OptionalLong found = padEnd(inner.layout(), path, offset, name, depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return OptionalLong.empty();
    }

    private static void collect(StructLayout layout, String prefix, long base, List<CachelineGroup> groups, int depth) {
        for (Member member : layout.members()) {
            long offset = base + member.byteOffset();
            if (member.name().startsWith(BEGIN)) {
                put(groups, prefix + member.name().substring(BEGIN.length()), OptionalLong.of(offset), true);
            } else if (member.name().startsWith(END)) {
                put(groups, prefix + member.name().substring(END.length()), OptionalLong.of(offset), false);
            } else if (member.type() instanceof FieldType.Aggregate inner && depth < 64) {
                String path = member.isAnonymous() ? prefix : prefix + member.name() + ".";
                collect(inner.layout(), path, offset, groups, depth + 1);
            }
        }
    }

    private static void put(List<CachelineGroup> groups, String name, OptionalLong offset, boolean begin) {
        for (int i = 0; i < groups.size(); i++) {
            CachelineGroup group = groups.get(i);
            if (group.name.equals(name)) {
                groups.set(
                        i,
                        begin
                                ? new CachelineGroup(name, offset, group.endOffset)
                                : new CachelineGroup(name, group.beginOffset, offset));
                return;
            }
        }
        groups.add(
                begin
                        ? new CachelineGroup(name, offset, OptionalLong.empty())
                        : new CachelineGroup(name, OptionalLong.empty(), offset));
    }

    /** {@return whether both markers are present and in order} */
    public boolean isWhole() {
        return beginOffset.isPresent() && endOffset.isPresent() && beginOffset.getAsLong() <= endOffset.getAsLong();
    }

    /** {@return whether these bytes lie between the markers} */
    public boolean holds(ByteRange bytes) {
        return isWhole() && beginOffset.getAsLong() <= bytes.start() && bytes.end() <= endOffset.getAsLong();
    }

    /** {@return whether its name says that its members are mostly read} */
    public boolean isReadMostly() {
        return name.contains("read");
    }

    /** {@return whether its name says that its members are written} */
    public boolean isWritten() {
        return name.contains("write");
    }

    /**
     * {@return the part of the name after the last underscore; in networking structs {@code tx}, {@code rx} or {@code
     * txrx}}
     */
    public String role() {
        return name.substring(name.lastIndexOf('_') + 1);
    }
}
