package dev.faultline.recorder.code;

import dev.faultline.recorder.memory.DirectBuffers;
import dev.faultline.recorder.memory.VmMemory;
import dev.faultline.recorder.run.CodePlaces;
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

    private Installer() {}

    /**
     * Starts.
     *
     * @param text the options
     * @param instrumentation the VM
     * @throws IOException when the file cannot be written
     */
    public static void install(String text, Instrumentation instrumentation) throws IOException {
        RecordOptions options = RecordOptions.parse(text);
        ClassInstrumenter instrumenter = new ClassInstrumenter(options);
        VmMemory.open(instrumentation);
        DirectBuffers.isSupported(); // loads what reading an address needs
        warmUp();
        RecordingFile file = new RecordingFile(free(options.file()), options.identity());
        instrumentation.addTransformer(instrumenter, true);
        changeLoaded(instrumenter, instrumentation);
        file.start();
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
