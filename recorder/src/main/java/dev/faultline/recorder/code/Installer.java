package dev.faultline.recorder.code;

import dev.faultline.recorder.memory.DirectBuffers;
import dev.faultline.recorder.memory.VmMemory;
import dev.faultline.recorder.run.CodePlaces;
import dev.faultline.recorder.run.Recorder;
import dev.faultline.recorder.run.RecordingFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the recording. */
public final class Installer {

    private static RecordingFile file;
    private static ClassInstrumenter changer;
    /** The one that the transformer was added to; each start of an agent has another. */
    private static Instrumentation vm;

    private Installer() {}

    /**
     * Starts.
     *
     * @param text the options
     * @param instrumentation the VM
     * @throws IOException when the file cannot be written
     */
    public static synchronized void install(String text, Instrumentation instrumentation) throws IOException {
        if (file != null) {
            throw new IllegalStateException("the program was recorded before");
        }
        RecordOptions options = RecordOptions.parse(text);
        ClassInstrumenter instrumenter = new ClassInstrumenter(options);
        VmMemory.open(instrumentation);
        DirectBuffers.isSupported(); // loads what reading an address needs
        warmUp();
        Recorder.prepare();
        changer = instrumenter;
        vm = instrumentation;
        file = new RecordingFile(free(options.file()), options.identity());
        instrumentation.addTransformer(instrumenter, true);
        changeLoaded(instrumenter, instrumentation);
        file.start();
    }

    /** Ends the recording of a program that goes on: the file is complete, and classes become what they were. */
    public static synchronized void stop() {
        if (file != null && vm.removeTransformer(changer)) {
            changeLoaded(changer, vm);
            file.end();
        }
    }

    /** {@return the file, or one beside it when another program of the same command writes that} */
    private static Path free(Path file) throws IOException {
        try {
            return Files.createFile(file);
        } catch (FileAlreadyExistsException taken) {
            return file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
        }
    }

    /** Loads the classes that changing a class needs, so that changing one does not load another. */
    private static void warmUp() throws IOException {
        try (InputStream in =
                ClassLoader.getSystemResourceAsStream(Installer.class.getName().replace('.', '/') + ".class")) {
            if (in != null) {
                ClassInstrumenter.instrument("", in.readAllBytes());
            }
        }
    }

    private static void changeLoaded(ClassInstrumenter instrumenter, Instrumentation instrumentation) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (instrumenter.takes(loaded.getClassLoader(), loaded.getName().replace('.', '/'))
                    && instrumentation.isModifiableClass(loaded)) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
                    CodePlaces.leaveAlone(loaded.getName() + ", loaded before the recording began: " + refused);
                }
            }
        }
    }
}
