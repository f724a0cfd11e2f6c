package dev.faultline.report.build;

/**
 * How much a report on structs says.
 *
 * @param expand whether the layout shows the members of every embedded struct, not only of those with findings
 * @param all whether suspicions are shown, and of a whole source every finding
 * @param foldsSuspicions whether suspicions that are not shown stand behind a switch, in formats that have one
 */
public record Detail(boolean expand, boolean all, boolean foldsSuspicions) {

    /** What is shown when nothing else is asked for. */
    public static final Detail USUAL = new Detail(false, false, false);
}
