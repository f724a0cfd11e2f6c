package dev.faultline.recorder;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.jar.JarFile;

/**
 * Where the VM starts the agent. All its classes come from the bootstrap class path: the manifest says so, under the
 * name that the jar has in a distribution.
 */
public final class Agent {

    private Agent() {}

    /** Starts before the program. */
    public static void premain(String options, Instrumentation instrumentation) {
        start(options, instrumentation);
    }

    /** Starts in a program that runs, or stops there; classes that are loaded already are changed too. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        if ("stop".equals(options)) {
            dev.faultline.recorder.code.Installer.stop();
        } else {
            start(options, instrumentation);
        }
    }

    /** A program runs without a recording rather than not at all. */
    private static void start(String options, Instrumentation instrumentation) {
        try {
            if (Agent.class.getClassLoader()
                    != null) { // renamed, so that Boot-Class-Path of its manifest has no effect
                File jar = Path.of(Agent.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toFile();
                instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
            }
            dev.faultline.recorder.code.Installer.install(options, instrumentation);
        } catch (IOException | URISyntaxException | RuntimeException | LinkageError failed) {
            System.err.println("faultline record: nothing is recorded: " + failed);
        }
    }
}
