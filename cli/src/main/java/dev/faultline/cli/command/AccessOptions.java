package dev.faultline.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What an import of a profiler's output is told beside the output. */
final class AccessOptions {

    /** What is at addresses. */
    @Option(
            names = "--as",
            paramLabel = "TYPE@PLACE",
            description = "What is at an address, such as buf@0x602180 or buf[4]@0x602180, in a variable, such as "
                    + "buf@buf1, or of DHAT in blocks of a place of allocation, such as node@make_node.")
    public List<String> types = new ArrayList<>();

    /** The program that was observed, or null. */
    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = "The program that was observed, compiled with -g: its variables and their types give "
                    + "addresses a field, its build id is the identity of the file. Another source gives the sizes "
                    + "of types that --as names.")
    public String from;

    /** Names of roles. */
    @Option(
            names = "--role",
            paramLabel = "PATTERN=NAME",
            description = "The role of threads by their names, such as 'io_*=reader'. Default: the name of the thread "
                    + "with its digits folded, io_#.")
    public Map<String, String> roles = new LinkedHashMap<>();

    /** What was observed. */
    @Option(
            names = "--identity",
            paramLabel = "KIND=VALUE",
            description = "What was observed, such as build-id=5c0e; files of one identity can be merged. Default: "
                    + "the build id of --from, else the program that most was seen in.")
    public Map<String, String> identity = new LinkedHashMap<>();

    /** How long the run took, or null. */
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the run took. Default: what the output tells, if it does.")
    public Double seconds;

    /** {@return whether any is given} */
    public boolean isAny() {
        return !types.isEmpty() || from != null || !roles.isEmpty() || !identity.isEmpty() || seconds != null;
    }
}
