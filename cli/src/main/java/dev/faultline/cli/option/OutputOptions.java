package dev.faultline.cli.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the report goes and how it looks. */
public final class OutputOptions {

    /** How it is written, or null when that was not said. */
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            description = "How to write the report: text, json, html, markdown, sarif or svg. Default: what the "
                    + "ending of FILE tells, else text.")
    public Format format;

    /** Whether it is coloured. */
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            converter = ColorMode.Converter.class,
            description = "auto, always or never. Default: auto, which is on when standard output is a "
                    + "terminal and NO_COLOR is not set.")
    public ColorMode color = ColorMode.AUTO;

    /** The file it goes to, or null for standard output. */
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the report to FILE, whole or not at all.")
    public Path file;

    /** The directory that SARIF names files relative to. */
    @Option(
            names = "--source-root",
            paramLabel = "DIR",
            converter = SourceRoot.class,
            description = "The root of the repository: sarif names files relative to DIR. Default: the working "
                    + "directory.")
    public Path sourceRoot = Path.of("");

    /** {@return how it is written: as was said, or as the ending of the file tells} */
    public Format format() {
        if (format != null) {
            return format;
        }
        return Optional.ofNullable(file)
                .flatMap(path -> Format.ofFile(path.toString()))
                .orElse(Format.TEXT);
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
