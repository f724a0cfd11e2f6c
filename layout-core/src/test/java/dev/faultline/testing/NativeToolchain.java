package dev.faultline.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A compiler for a language and a target.
 *
 * @param label its name in messages: {@code "clang++ -m32"}
 * @param command the program and the options that choose language and target
 * @param isCxx whether it compiles C++
 * @param isRunnable whether its programs run on this machine
 */
public record NativeToolchain(String label, List<String> command, boolean isCxx, boolean isRunnable) {

    public NativeToolchain {
        command = List.copyOf(command);
    }

    /** {@return the compiler of a language for this machine} */
    public static NativeToolchain gcc(boolean isCxx) {
        return of(isCxx ? "g++" : "gcc", true);
    }

    /**
     * {@return a compiler for a target}
     *
     * @param program gcc, g++, clang or clang++
     * @param isRunnable whether its programs run on this machine
     * @param options what chooses the target
     */
    public static NativeToolchain of(String program, boolean isRunnable, String... options) {
        boolean isCxx = program.endsWith("++");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(isCxx ? List.of("-std=c++17", "-fno-access-control") : List.of("-std=gnu11"));
        command.addAll(List.of(options));
        command.add("-w");
        if (program.startsWith("g")) {
            command.add("-Wno-packed-bitfield-compat"); // a note that -w leaves
        }
        return new NativeToolchain((program + " " + String.join(" ", options)).strip(), command, isCxx, isRunnable);
    }

    /** {@return whether the compiler is clang} */
    public boolean isClang() {
        return command.get(0).startsWith("clang");
    }
}
