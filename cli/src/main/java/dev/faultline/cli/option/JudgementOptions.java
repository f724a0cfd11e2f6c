package dev.faultline.cli.option;

import dev.faultline.access.ProfileReader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Who touches what, and what counts. */
public final class JudgementOptions {

    /** A profile file, {@code none}, or null for the profile the source ships. */
    @Option(
            names = "--profile",
            paramLabel = "FILE|none",
            description = "Who touches which field how often, as YAML; none leaves out the profile a "
                    + "catalogue struct brings. Without one, access is inferred from types. A struct has at most "
                    + ProfileReader.MOST_ACCESSES + " accesses and " + ProfileReader.MOST_ROLES + " roles.")
    public String profile;

    /** Ids of rules to leave out. */
    @Option(
            names = "--ignore",
            paramLabel = "RULE",
            split = ",",
            description = "Leave out a rule; may be repeated. 'faultline explain' lists them.")
    public List<String> ignored = new ArrayList<>();
}
