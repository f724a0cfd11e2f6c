package dev.faultline.cli;

import dev.faultline.analysis.Analyzer;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;

/**
 * Runs commands so that the launcher can archive the classes they load; later runs start faster from the archive.
 * Output is discarded, and it does not matter whether a command succeeds.
 */
public final class TrainingRuns {

    private static final String TEXT = "struct warm {\n\tint a; /* 0 4 */\n\tint b; /* 4 4 */\n\t/* size: 8 */\n};\n";

    /** A jar that is always there, with code enough for most of what reading code takes. */
    private static final String JAR = jar();

    private static final List<List<String>> RUNS = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("inspect", "--help"),
            List.of("no-such-command"),
            List.of("list"),
            List.of("explain"),
            List.of("explain", "WriterBesideReaders"),
            List.of("inspect", "rtable@6.3"),
            List.of("inspect", "rtable@6.3", "--format", "json"),
            List.of("inspect", "--match", "*", "--format", "html"),
            List.of("inspect", "rtable@6.3", "--profile", "none", "--fail-on", "error"),
            List.of("inspect", "rtable@6.3", "--machine", "neoverse"),
            List.of("simulate", "rtable@6.3", "rtable@6.4", "--cpus", "1,4", "--accesses", "1e4"),
            List.of("check", "--match", "net_device"),
            List.of("diff", "rtable@6.3", "rtable@6.4"),
            List.of("diff", "rtable@6.3", "rtable@6.4", "--profile", "none", "--format", "json"),
            List.of("diff", "-", "kernel"),
            List.of("suggest", "rtable@6.3", "--effort", "low"),
            List.of("suggest", "kmem_cache_cpu", "--effort", "low", "--emit", "c"),
            List.of("calibrate", "--help"), // only help, since a measurement would keep all CPUs busy
            List.of("bench", "--list"), // likewise
            List.of("inspect", "no_such_struct"),
            List.of("inspect", "--from", "-"),
            List.of("inspect", "--from", "jvm", "java.lang.Thread"),
            List.of("inspect", JAR),
            List.of("inspect", JAR, "--all", "--format", "json"),
            List.of("inspect", "--from", JAR, Analyzer.class.getName()),
            List.of("inspect", "--from", "kernel", "dst_entry"),
            List.of("list", "--from", "kernel", "--match", "dst_*"),
            List.of("inspect", "--from", "kernel", "--match", "[a-d]*", "--format", "json"));

    private TrainingRuns() {}

    /** {@return the jar of the analysis; a name that no file has where classes do not come from a jar} */
    private static String jar() {
        CodeSource source = Analyzer.class.getProtectionDomain().getCodeSource();
        return source == null
                ? "no-such.jar"
                : Path.of(URI.create(source.getLocation().toString())).toString();
    }

    /** Runs them all, without arguments. */
    public static void main(String[] arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        for (List<String> words : RUNS) {
            Main.run(
                    words.toArray(String[]::new),
                    new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8)),
                    nowhere,
                    nowhere,
                    Map.of());
        }
        System.exit(0);
    }
}
