package dev.faultline.source.sbe;

import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Lays out messages: the root block of each, and an entry of each of its groups. */
final class MessageLayouts {

    private static final String DIMENSIONS = "groupSizeEncoding";

    private final SchemaTypes types;
    private final String detail;

    /**
     * For a schema.
     *
     * @param types its types
     * @param detail what messages are: the schema and its byte order
     */
    MessageLayouts(SchemaTypes types, String detail) {
        this.types = types;
        this.detail = detail;
    }

    /** What stands behind a block: groups and data, in the order of the schema. */
    private static final class Followers {
        private final List<String> groups = new ArrayList<>();
        private final List<String> data = new ArrayList<>();
        private final TreeMap<Integer, List<String>> since = new TreeMap<>();

        boolean isEmpty() {
            return groups.isEmpty() && data.isEmpty();
        }

        void version(SchemaElement field) {
            int version = field.number("sinceVersion").orElse(0);
            if (version > 0) {
                since.computeIfAbsent(version, any -> new ArrayList<>()).add(field.name());
            }
        }

        /** {@return what follows, and which fields are newer than the first version, for reports} */
        String words() {
            StringBuilder words = new StringBuilder();
            words.append(groups.isEmpty() ? "" : "; then groups: " + String.join(", ", groups));
            words.append(data.isEmpty() ? "" : "; then data: " + String.join(", ", data));
            since.forEach((version, fields) -> words.append("; since version ")
                    .append(version)
                    .append(": ")
                    .append(String.join(", ", fields)));
            return words.toString();
        }
    }

    /**
     * {@return a message and its groups, each behind the one it is in}
     *
     * @param message the element of the message
     */
    List<SchemaBlock> of(SchemaElement message) {
        List<SchemaBlock> blocks = new ArrayList<>();
        Followers followers = new Followers();
        BlockBuilder block = new BlockBuilder(message);
        List<SchemaBlock> groups = members(message, message.name(), block, followers);
        long size = blockLength(message, block);
        blocks.add(block.build(message.name(), size, "message " + id(message) + " of " + detail + followers.words()));
        blocks.addAll(groups);
        return blocks;
    }

    private static String id(SchemaElement message) {
        OptionalInt id = message.number("id");
        return id.isPresent() ? Integer.toString(id.getAsInt()) : "without id";
    }

    /** Adds the members of a message or group to its block; returns the blocks of its groups. */
    private List<SchemaBlock> members(SchemaElement parent, String path, BlockBuilder block, Followers followers) {
        List<SchemaBlock> groups = new ArrayList<>();
        for (SchemaElement member : parent.children()) {
            switch (member.tag()) {
                case "field" -> {
                    if (!followers.isEmpty()) {
                        throw member.problem("field " + member.name() + " follows a group or data; expected it before");
                    }
                    field(member, block);
                    followers.version(member);
                }
                case "group" -> {
                    if (!followers.data.isEmpty()) {
                        throw member.problem("group " + member.name() + " follows data; expected it before");
                    }
                    block.name(member);
                    List<SchemaBlock> found = group(member, path);
                    followers.groups.add(
                            member.name() + " (" + found.get(0).layout().name() + ")");
                    followers.version(member);
                    groups.addAll(found);
                }
                case "data" -> {
                    block.name(member);
                    data(member);
                    followers.data.add(member.name());
                    followers.version(member);
                }
                default -> {
                    // documentation
                }
            }
        }
        return groups;
    }

    private void field(SchemaElement field, BlockBuilder block) {
        EncodedType type = types.named(field, field.required("type"));
        boolean isConstant = field.attributes().containsKey("presence") ? field.isConstant() : type.isConstant();
        if (type.isVariable() && !isConstant) {
            throw field.problem("field " + field.name() + " has data of any length; expected <data> for it");
        }
        OptionalInt offset = field.number("offset");
        // In fields, unlike in composites, an offset of 0 says that none is given.
        block.add(field, type, isConstant, offset.orElse(0) == 0 ? OptionalInt.empty() : offset);
    }

    private List<SchemaBlock> group(SchemaElement group, String path) {
        String name = path + "." + group.name();
        StructLayout dimensions = dimensions(group);
        BlockBuilder block = new BlockBuilder(group);
        Followers followers = new Followers();
        List<SchemaBlock> inner = members(group, name, block, followers);
        long size = blockLength(group, block);
        String stride =
                followers.isEmpty() ? size + " bytes after the one before" : "behind what follows the one before";
        List<SchemaBlock> blocks = new ArrayList<>();
        blocks.add(block.build(
                name,
                size,
                "an entry of group " + group.name() + ", each " + stride + ", the first behind " + dimensions.name()
                        + " of " + dimensions.byteSize() + " bytes; " + detail + followers.words()));
        blocks.addAll(inner);
        return blocks;
    }

    private StructLayout dimensions(SchemaElement group) {
        String name = group.value("dimensionType", DIMENSIONS);
        StructLayout layout = composite(group, name, "dimensionType");
        if (layout.resolve("blockLength").isEmpty()
                || layout.resolve("numInGroup").isEmpty()) {
            throw group.problem("dimensionType " + name + ": expected a composite with blockLength and numInGroup");
        }
        return layout;
    }

    private void data(SchemaElement data) {
        String name = data.required("type");
        StructLayout layout = composite(data, name, "type");
        if (layout.resolve("length").isEmpty()) {
            throw data.problem("type " + name + ": expected a composite with length and varData");
        }
    }

    private StructLayout composite(SchemaElement user, String name, String attribute) {
        return types.named(user, name)
                .composite()
                .orElseThrow(
                        () -> user.problem(attribute + "=\"" + SchemaElement.shown(name) + "\": expected a composite"))
                .layout();
    }

    /** {@return the bytes of a block, which the schema may extend} */
    private static long blockLength(SchemaElement element, BlockBuilder block) {
        int declared = element.number("blockLength").orElse(0);
        if (declared != 0 && declared < block.end()) {
            throw element.problem(element.name() + " has blockLength=\"" + declared + "\", but its fields end at "
                    + block.end() + "; expected " + block.end() + " or more");
        }
        return Math.max(declared, block.end());
    }
}
