package dev.faultline.cli.option;

import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.jvm.child.CodeRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Where structs come from. */
public final class SourceOptions {

    /** The word for every VM that a class is likely to meet. */
    private static final String EVERY = "all";

    private static final int MOST_SECONDS = 3600;

    /** The source, or null for the built-in catalogue. */
    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = "Where to look: kernel (the running one), jvm (the running VM's classes), "
                    + SourceDetector.FILES + ", or - for standard input. A file's content tells what it is. "
                    + "Default: the built-in catalogue.")
    public String from;

    /** The BTF that split BTF builds on, or null. */
    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "The BTF that a module's split BTF builds on; kernel is that of the running one.")
    public Path base;

    /** The modes of the Java VMs that lay out classes; none for the running one's. */
    @Option(
            names = "--vm",
            paramLabel = "MODE",
            description = "The Java VM that classes are laid out for: 8, 11, 17, 25, 25-coh (compact object headers), "
                    + "27, 27-no-coh, 17-no-coops, ... inspect takes all, which compares them; diff takes two. "
                    + "Default: the running one.")
    public List<String> vms = new ArrayList<>();

    /** Whether static initialisers of Java programs may be run. */
    @Option(
            names = "--run-code",
            description = "Runs static initialisers of Java classes, with your rights, in a VM of their own, where"
                    + " nothing else tells the structs outside of objects that they declare (docs/java-off-heap.md)."
                    + " Not for programs that you do not trust.")
    public boolean isCodeRun;

    /** The JDK that runs them, or null for the one that runs us. */
    @Option(
            names = "--java-home",
            paramLabel = "DIR",
            description = "The JDK for --run-code, 22 or newer for layouts of java.lang.foreign. Default: the running"
                    + " one.")
    public Path javaHome;

    /** Seconds that they may take, or null. */
    @Option(
            names = "--run-code-seconds",
            paramLabel = "N",
            description = "Seconds after which --run-code ends its VM. Default: " + CodeRun.LIMIT_SECONDS + ".")
    public Integer runCodeSeconds;

    /**
     * {@return how static initialisers are run; empty when they are not}
     *
     * @param told takes a line for each that gave no values
     */
    public Optional<CodeRun> codeRun(Consumer<String> told) {
        if (!isCodeRun) {
            if (javaHome != null || runCodeSeconds != null) {
                throw new UsageException(
                        (javaHome != null ? "--java-home" : "--run-code-seconds") + " goes with --run-code");
            }
            return Optional.empty();
        }
        int seconds = runCodeSeconds == null ? CodeRun.LIMIT_SECONDS : runCodeSeconds;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw UsageException.ofValue("--run-code-seconds", "expected 1 to " + MOST_SECONDS + ", got " + seconds);
        }
        Path home = javaHome == null ? CodeRun.runningJavaHome() : javaHome;
        return Optional.of(new CodeRun(home, seconds, told));
    }

    /** {@return whether every usual VM is asked for} */
    public boolean isEveryVm() {
        if (vms.contains(EVERY) && vms.size() > 1) {
            throw UsageException.ofValue("--vm", "all stands alone; name no other VM with it");
        }
        return vms.contains(EVERY);
    }

    /** {@return the one VM asked for; empty for the running one} */
    public Optional<VmMode> vm() {
        if (vms.size() > 1) {
            throw UsageException.ofValue(
                    "--vm", "one VM, got " + vms.size() + "; 'faultline diff NAME --vm A --vm B' compares two");
        }
        return vms.stream().map(SourceOptions::mode).findFirst();
    }

    /** {@return the VMs of the two sides of a comparison; none for the running one, one for both sides} */
    public List<VmMode> vmsOfSides() {
        if (vms.size() > 2) {
            throw UsageException.ofValue("--vm", "diff compares two VMs, got " + vms.size());
        }
        return vms.stream().map(SourceOptions::mode).toList();
    }

    private static VmMode mode(String text) {
        if (text.equals(EVERY)) {
            throw UsageException.ofValue("--vm", "all is for inspect, which shows a class as every VM lays it out");
        }
        try {
            return VmMode.parse(text);
        } catch (IllegalArgumentException unknown) {
            throw UsageException.ofValue("--vm", unknown.getMessage());
        }
    }
}
