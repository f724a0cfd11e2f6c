package dev.faultline.source.jvm.store;

import java.io.IOException;
import java.util.List;

/** The kinds of archives, by where they keep their classes. */
enum ArchiveKind {
    /** A jar: packages start at its root. */
    JAR("", List.of()),
    /** An application of Spring Boot. */
    BOOT("BOOT-INF/classes/", List.of("BOOT-INF/lib/")),
    /** A web application. */
    WEB("WEB-INF/classes/", List.of("WEB-INF/lib/", "WEB-INF/lib-provided/")),
    /** A module of a JDK before it is linked. */
    MODULE("classes/", List.of());

    /** The first bytes of a module; a zip file follows. */
    private static final int MODULE_MAGIC = 'J' | 'M' << 8 | 1 << 16;

    private final String root;
    private final List<String> libraries;

    ArchiveKind(String root, List<String> libraries) {
        this.root = root;
        this.libraries = libraries;
    }

    /** {@return the directory of its classes, ending in a slash; empty for the root of the archive} */
    String root() {
        return root;
    }

    /** {@return the directories of the jars that its classes may use, ending in a slash} */
    List<String> libraries() {
        return libraries;
    }

    /** {@return the kind of an archive with these entries} */
    static ArchiveKind of(List<JarDirectory.Entry> entries, JarArchive archive) {
        for (ArchiveKind kind : List.of(BOOT, WEB)) {
            if (entries.stream().anyMatch(entry -> kind.keeps(entry.name()))) {
                return kind;
            }
        }
        try {
            return archive.bytes().byteSize() > 4 && archive.bytes().read(0, 4).getInt() == MODULE_MAGIC ? MODULE : JAR;
        } catch (IOException unreadable) {
            return JAR;
        }
    }

    private boolean keeps(String entryName) {
        return entryName.startsWith(root) && entryName.endsWith(".class")
                || entryName.endsWith(".jar") && libraries.stream().anyMatch(entryName::startsWith);
    }
}
