package dev.faultline.cli.record;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.faultline.cli.output.Reasons;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A Java program that runs already and gets the recorder put in, until it or this command ends. */
final class RunningProgram {

    private static final String CAUGHT = "SigCgt:";
    private static final long QUIT = 1 << 2;
    private static final int HEXADECIMAL = 16;

    private final long pid;
    private final RecordingOutput output;
    private final CliContext context;
    private final AtomicBoolean isTold = new AtomicBoolean();

    /**
     * Describes a program.
     *
     * @param pid the id of its process
     * @param output the access file to write
     */
    RunningProgram(long pid, RecordingOutput output) {
        this.pid = pid;
        this.output = output;
        this.context = output.context();
    }

    /**
     * Records it until it ends, or this command is interrupted.
     *
     * @return the exit status
     * @throws IOException when the file cannot be read
     * @throws InputException when the process is none of a Java VM, or refuses
     */
    int record() throws IOException {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow(() -> problem("there is no such process"));
        if (pid == ProcessHandle.current().pid()) {
            throw problem("is this command itself");
        }
        if (!catchesQuit()) { // a VM is asked by this signal, which ends any other program
            throw problem("is no Java VM, or one that runs with -Xrs");
        }
        output.prepare();
        load(output.options(Map.of("program", program(process))));
        if (!Files.isRegularFile(output.file())) {
            throw problem("the agent did not start: the program was recorded before, or its standard error says why");
        }
        context.say("recording process " + pid + " until it ends, or Ctrl-C here");
        Thread end = new Thread(this::stop, "end-of-recording");
        Runtime.getRuntime().addShutdownHook(end);
        process.onExit().join();
        tell();
        return ExitStatus.CLEAN;
    }

    /** {@return the file name of the program's jar or class, without its path and arguments} */
    private static String program(ProcessHandle process) {
        String command = process.info().command().orElse("java");
        return command.substring(command.lastIndexOf('/') + 1);
    }

    /** {@return whether the process handles SIGQUIT, or that cannot be told} */
    private boolean catchesQuit() {
        try {
            Optional<String> caught;
            try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
                caught = lines.filter(line -> line.startsWith(CAUGHT)).findFirst();
            }
            return caught.map(line -> line.substring(CAUGHT.length()).strip())
                    .map(mask -> (Long.parseUnsignedLong(mask, HEXADECIMAL) & QUIT) != 0)
                    .orElse(true);
        } catch (IOException | NumberFormatException otherSystem) {
            return VirtualMachine.list().stream().anyMatch(one -> one.id().equals(Long.toString(pid)));
        }
    }

    private void load(String options) {
        try {
            VirtualMachine vm = VirtualMachine.attach(Long.toString(pid));
            try {
                vm.loadAgent(RecordingOutput.agent().toString(), options);
            } finally {
                vm.detach();
            }
        } catch (AttachNotSupportedException refused) {
            throw problem("does not take agents: " + refused.getMessage()
                    + "; it may run with -XX:+DisableAttachMechanism, or belong to another user");
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw problem("the agent cannot be loaded: " + refused.getMessage());
        } catch (IOException refused) {
            throw problem("cannot be attached to: " + Reasons.of(refused));
        }
    }

    /** Ends the recording of a program that goes on. */
    private void stop() {
        if (ProcessHandle.of(pid).isEmpty() || isTold.get()) {
            return;
        }
        try {
            load("stop");
            tell();
        } catch (InputException | IOException refused) {
            context.say("the program is still being recorded: " + refused.getMessage());
        }
    }

    private void tell() throws IOException {
        if (isTold.compareAndSet(false, true)) {
            output.tell("");
        }
    }

    private InputException problem(String words) {
        return new InputException("process " + pid, "", words);
    }
}
