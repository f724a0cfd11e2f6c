package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.debug.DebugType;
import dev.faultline.source.llvm.debug.DebugTypes;
import dev.faultline.source.llvm.text.Metadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the compiler says of the struct that an access goes to: {@code !tbaa} with the path of a struct. */
final class AliasTags {

    /**
     * A place in a struct.
     *
     * @param struct the struct
     * @param byteOffset bytes from its start
     */
    record Tag(DebugType struct, long byteOffset) {}

    private final Metadata metadata;
    private final DebugTypes types;
    private final Map<Integer, Optional<Tag>> known = new HashMap<>();

    AliasTags(Metadata metadata, DebugTypes types) {
        this.metadata = metadata;
        this.types = types;
    }

    /** {@return what a tag says; null when it names no struct that is known} */
    Tag of(int id) {
        return id == Metadata.NONE
                ? null
                : known.computeIfAbsent(id, any -> make(metadata.parts(id))).orElse(null);
    }

    private Optional<Tag> make(List<String> tag) {
        if (tag.size() < 3 || tag.get(0).equals(tag.get(1))) {
            return Optional.empty();
        }
        List<String> base = metadata.parts(Metadata.reference(tag.get(0)));
        String name = base.isEmpty() ? "" : base.get(0);
        name = Metadata.unquoted(name.startsWith("!") ? name.substring(1) : name);
        return types.named(name).map(struct -> new Tag(struct, Metadata.number(tag.get(2), 0)));
    }
}
