package dev.faultline.source.jvm.child;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.declared.InitialiserRunner;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs static initialisers in VMs of their own: in an empty directory that is deleted afterwards, with an empty
 * standard input. A VM that an initialiser ends, or that takes longer than the limit, is ended with all that it has
 * started, and another one goes on behind that class.
 */
@Internal
public final class InitialiserVm implements InitialiserRunner {

    /** Most VMs that are started, one after another. */
    private static final int MOST_VMS = 8;

    private static final int MOST_ANSWER_BYTES = 16 << 20;
    private static final int MOST_TOLD = 10;
    private static final long LOOK_MILLIS = 50;
    private static final long MILLIS_TO_END = 5000;
    private static final double NANOS_PER_SECOND = 1e9;

    private static final List<String> OPTIONS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-Xmx512m",
            "-Xshare:auto",
            "-Djava.awt.headless=true");

    private final CodeRun run;
    private final String source;
    private final List<Path> classPath;
    private long printed;
    private int ended;

    /**
     * A runner of the initialisers of a source.
     *
     * @param run how they are run
     * @param source the name of the source in messages
     * @param classPath jars and directories with its classes
     */
    public InitialiserVm(CodeRun run, String source, List<Path> classPath) {
        this.run = run;
        this.source = source;
        this.classPath = List.copyOf(classPath);
    }

    @Override
    public List<Answer> run(List<Request> requests) {
        Path java = run.javaHome().resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
        if (!Files.isExecutable(java)) {
            throw new InputException(
                    run.javaHome().toString(), "", "is no Java to run initialisers with: there is no " + java);
        }
        List<Answer> answers = new ArrayList<>();
        for (int vm = 0; vm < MOST_VMS && answers.size() < requests.size(); vm++) {
            answers.addAll(oneVm(java, requests.subList(answers.size(), requests.size())));
        }
        while (answers.size() < requests.size()) {
            answers.add(Answer.problem("was not run: " + MOST_VMS + " VMs were ended before"));
        }
        tell(requests, answers);
        return answers;
    }

    private void tell(List<Request> requests, List<Answer> answers) {
        int problems = 0;
        for (int i = 0; i < answers.size(); i++) {
            String problem = answers.get(i).problem();
            if (!problem.isEmpty() && ++problems <= MOST_TOLD) {
                run.told().accept("the initialiser of " + requests.get(i).type() + " " + problem);
            }
        }
        if (problems > MOST_TOLD) {
            run.told().accept("and those of " + (problems - MOST_TOLD) + " more classes of " + source);
        }
        if (printed > 0) {
            run.told().accept("what the initialisers of " + source + " printed is left out: " + printed + " bytes");
        }
        if (ended > 0) {
            run.told().accept("processes that the initialisers of " + source + " have started were ended: " + ended);
        }
    }

    /** {@return answers for the first of the requests: as far as one VM came, at least one} */
    private List<Answer> oneVm(Path java, List<Request> requests) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("faultline-run");
            return answers(java, requests, directory);
        } catch (IOException failed) {
            throw new InputException(source, "", "initialisers cannot be run: " + failed.getMessage());
        } finally {
            if (directory != null) {
                delete(directory);
            }
        }
    }

    private List<Answer> answers(Path java, List<Request> requests, Path directory) throws IOException {
        Path probe = directory.resolve("probe");
        Path work = Files.createDirectory(directory.resolve("work"));
        Path request = Files.writeString(directory.resolve("request"), text(requests));
        Path answer = directory.resolve("answer");
        copyProbe(probe);
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-Djava.io.tmpdir=" + work, "-cp", path(probe)));
        command.addAll(List.of(InitialiserProbe.class.getName(), request.toString(), answer.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        clean(builder.environment());
        ProcessTree tree = new ProcessTree();
        Thread end = new Thread(() -> {
            tree.end();
            delete(directory);
        });
        PrintedBytes output;
        String how;
        try {
            hook(end, tree);
            Process process = tree.start(builder);
            output = new PrintedBytes(process);
            process.getOutputStream().close();
            how = waitFor(process, tree);
        } finally {
            ended += tree.end();
            unhook(end);
        }
        output.await();
        printed += output.count();
        return parsed(requests, lines(answer), how, output.firstLine());
    }

    private static void hook(Thread end, ProcessTree tree) {
        try {
            Runtime.getRuntime().addShutdownHook(end);
        } catch (IllegalStateException ending) {
            tree.end();
        }
    }

    private static void unhook(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            return; // the hook does its work
        }
    }

    private String path(Path probe) {
        return Stream.concat(Stream.of(probe), classPath.stream())
                .map(each -> each.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void clean(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("FAULTLINE_")
                        || List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
                                .contains(name));
    }

    private static void copyProbe(Path probe) throws IOException {
        String file = InitialiserProbe.class.getName().replace('.', '/') + ".class";
        Path target = probe.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = InitialiserProbe.class.getResourceAsStream("/" + file)) {
            Files.copy(in, target);
        }
    }

    private static String text(List<Request> requests) {
        StringBuilder text = new StringBuilder();
        for (Request request : requests) {
            text.append(URLEncoder.encode(request.type(), StandardCharsets.UTF_8))
                    .append(' ')
                    .append(request.feature());
            request.fields()
                    .forEach(field -> text.append(' ').append(URLEncoder.encode(field, StandardCharsets.UTF_8)));
            text.append('\n');
        }
        return text.toString();
    }

    /** {@return how a VM has ended, as it is said of the initialiser that it was running} */
    private String waitFor(Process process, ProcessTree tree) {
        long start = System.nanoTime();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                tree.look();
                if ((System.nanoTime() - start) / NANOS_PER_SECOND > run.limitSeconds()) {
                    tree.end();
                    process.waitFor(MILLIS_TO_END, TimeUnit.MILLISECONDS);
                    return "did not end within " + run.limitSeconds() + " s";
                }
            }
            return "ended its VM with status " + process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }

    private static List<String> lines(Path answer) throws IOException {
        if (!Files.isRegularFile(answer, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(answer)) {
            return new String(in.readNBytes(MOST_ANSWER_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** {@return the answers up to the request at which the VM ended} */
    private static List<Answer> parsed(List<Request> requests, List<String> lines, String how, String firstLine) {
        List<Answer> answers = new ArrayList<>();
        List<String> own = new ArrayList<>();
        boolean isOpen = false;
        for (String line : lines) {
            if (!isOpen && answers.size() < requests.size() && line.equals("begin " + answers.size())) {
                isOpen = true;
                own.clear();
            } else if (isOpen && line.equals("end " + answers.size())) {
                isOpen = false;
                answers.add(Answer.of(own));
            } else if (isOpen) {
                own.add(line);
            }
        }
        if (isOpen) {
            answers.add(Answer.problem(how));
        } else if (answers.isEmpty()) {
            answers.add(Answer.problem("was not run: the VM " + how.replace(" its VM", "")
                    + (firstLine.isEmpty() ? "" : " and says: " + firstLine)));
        }
        return answers;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) { // links are not followed
            files.sorted((one, other) -> other.compareTo(one)).forEach(InitialiserVm::deleteFile);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return; // what is left is in the directory for such files
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            return; // another file may be in its directory by now
        }
    }
}
