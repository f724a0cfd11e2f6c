package dev.faultline.layout.dialect.clang;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A record that clang printed.
 *
 * @param root its first line with all members
 * @param figures what the last lines state, such as {@code sizeof}
 * @param isCut whether lines were cut out of it
 */
record ClangRecord(ClangMember root, Map<String, Long> figures, boolean isCut) {

    /** {@return its spelling, such as {@code "class std::mutex"}} */
    String spelling() {
        return root.content().type();
    }

    long byteSize() {
        return figures.get("sizeof");
    }

    long byteAlignment() {
        return figures.getOrDefault("align", 1L);
    }

    /** {@return the size without what is behind the last member, which C++ may give to other members} */
    OptionalLong dataByteSize() {
        Long size = figures.get("dsize");
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** {@return the size that it has as a base class; virtual bases are not in it} */
    OptionalLong baseByteSize() {
        Long size = figures.get("nvsize");
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
