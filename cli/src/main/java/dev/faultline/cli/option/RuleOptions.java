package dev.faultline.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules count. */
public final class RuleOptions {

    /** Ids of rules to leave out. */
    @Option(
            names = "--ignore",
            paramLabel = "RULE",
            split = ",",
            description = "Leave out a rule; may be repeated. 'faultline explain' lists them.")
    public List<String> ignored = new ArrayList<>();
}
