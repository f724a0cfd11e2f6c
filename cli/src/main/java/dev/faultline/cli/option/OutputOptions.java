package dev.faultline.cli.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the report goes and how it looks. */
public final class OutputOptions {

    /** The narrowest text. */
    public static final int LEAST_COLUMNS = 60;

    /** How it is written, or null for what the ending of the file tells. */
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write the report: text, json, html, markdown, sarif, github (annotations of a "
                    + "workflow), mail (of a patch; diff only) or svg. Default: what the ending of FILE tells, "
                    + "else text.")
    public Format format;

    /** Whether it is coloured. */
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always or never. Default: auto, which is on when standard output is a "
                    + "terminal and NO_COLOR is not set.")
    public ColorMode color = ColorMode.AUTO;

    /** The most columns of a line of text, or null for the default. */
    @Option(
            names = "--width",
            paramLabel = "N",
            converter = NumberConverters.Width.class,
            description = "Columns of text, from " + LEAST_COLUMNS + " on. Default: the terminal's; 80 when standard "
                    + "output is no terminal, whatever COLUMNS says.")
    public Integer columns;

    /** The file it goes to, or null for standard output. */
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the report to FILE. An existing file is replaced when the report is complete.")
    public Path file;

    /** The directory that SARIF and annotations name files relative to. */
    @Option(
            names = "--source-root",
            paramLabel = "DIR",
            converter = SourceRoot.class,
            description =
                    "The root of the repository: sarif and github name files relative to DIR, and find there those "
                            + "that compilers recorded elsewhere. Default: the working directory.")
    public Path sourceRoot = Path.of("");

    /**
     * Decides how the report is written.
     *
     * @return the format asked for, else what the ending of the file tells, else text
     * @throws UsageException when the file has an ending that tells no format
     */
    public Format format() {
        if (format != null) {
            return format;
        }
        String name = file == null ? "" : String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        if (dot < 1 || dot == name.length() - 1) {
            return Format.TEXT;
        }
        return Format.ofEnding(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                .orElseThrow(() -> UsageException.ofValue(
                        "--output",
                        "a name with the ending " + Keywords.oneOf(Format.allEndings()) + ", or --format",
                        name));
    }

    /** Takes a directory that exists. */
    static final class SourceRoot implements ITypeConverter<Path> {
        @Override
        public Path convert(String word) {
            try {
                Path directory = Path.of(word);
                if (Files.isDirectory(directory)) {
                    return directory;
                }
            } catch (InvalidPathException noName) {
                throw new TypeConversionException("'" + word + "' is no file name here: " + noName.getReason());
            }
            throw new TypeConversionException("'" + word + "' is no directory");
        }
    }
}
