package dev.faultline.cli.option;

import dev.faultline.access.ProfileReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where structs come from, who uses them, and on which hardware. */
public final class StructOptions {

    /** Where structs come from. */
    @Mixin
    public SourceOptions source;

    /** A profile file, {@code none}, or null for the profile the source ships. */
    @Option(
            names = "--profile",
            paramLabel = "FILE|none",
            description = "Who uses which field how often: YAML (docs/profiles.md), or an access file of a run "
                    + "(docs/access-files.md); none leaves out the profile a "
                    + "catalogue struct has. Without a profile, uses are guessed from field types. At most "
                    + ProfileReader.MOST_ACCESSES + " accesses and " + ProfileReader.MOST_ROLES + " roles a struct.")
    public String profile;

    /** The hardware. */
    @Mixin
    public MachineOptions machine;
}
