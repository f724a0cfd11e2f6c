package dev.faultline.offheap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a benchmark runs on, in words. */
final class Hardware {

    private Hardware() {}

    /** {@return the model of the CPU, as the kernel calls it} */
    static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException unknown) {
            return "unknown processor";
        }
    }

    /** {@return name and version of the VM, which forks run as well} */
    static String java() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    /** {@return name and version of the system} */
    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
