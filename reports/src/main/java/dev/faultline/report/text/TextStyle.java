package dev.faultline.report.text;

/**
 * How text looks.
 *
 * @param color whether to use ANSI colours
 * @param columns the width it is wrapped to; less than 60 is taken as 60
 */
public record TextStyle(boolean color, int columns) {

    /** The width where that of the terminal is unknown. */
    public static final int DEFAULT_COLUMNS = 80;

    private static final int LEAST_COLUMNS = 60;

    public TextStyle {
        columns = Math.max(LEAST_COLUMNS, columns);
    }
}
