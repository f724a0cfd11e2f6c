package dev.faultline.source.debugfile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directories of a machine that have debug information.
 *
 * @param directories where the packages of a distribution put it, {@code /usr/lib/debug}
 * @param caches where the client of debuginfod keeps what it has fetched
 */
public record DebugRoots(List<Path> directories, List<Path> caches) {

    private static final String CACHE_NAME = "debuginfod_client";

    /** No directories; what lies beside a binary is found nevertheless. */
    public static final DebugRoots NONE = new DebugRoots(List.of(), List.of());

    public DebugRoots {
        directories = List.copyOf(directories);
        caches = List.copyOf(caches);
    }

    /**
     * {@return the directories of a machine}
     *
     * @param environment its environment: {@code DEBUGINFOD_CACHE_PATH}, {@code XDG_CACHE_HOME} and {@code HOME} are
     *     used
     */
    public static DebugRoots of(Map<String, String> environment) {
        List<Path> caches = new ArrayList<>();
        path(environment.get("DEBUGINFOD_CACHE_PATH")).ifPresent(caches::add);
        if (caches.isEmpty()) {
            path(environment.get("XDG_CACHE_HOME")).ifPresent(cache -> caches.add(cache.resolve(CACHE_NAME)));
            path(environment.get("HOME")).ifPresent(home -> {
                caches.add(home.resolve(".cache").resolve(CACHE_NAME));
                caches.add(home.resolve(".debuginfod_client_cache")); // before elfutils 0.182
            });
        }
        return new DebugRoots(List.of(Path.of("/usr/lib/debug")), caches);
    }

    private static Optional<Path> path(String name) {
        try {
            return name == null || name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
    }
}
