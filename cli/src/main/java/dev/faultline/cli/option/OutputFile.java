package dev.faultline.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of the file to write. A name that ends in a slash is refused; a path would lose the slash. */
public final class OutputFile implements ITypeConverter<Path> {

    @Override
    public Path convert(String word) {
        if (word.isEmpty()) {
            throw new TypeConversionException("expected a file, or - for standard output, got an empty name");
        }
        try {
            Path path = Path.of(word);
            if (word.endsWith("/") || word.endsWith(path.getFileSystem().getSeparator())) {
                throw new TypeConversionException("expected a file, got a directory, '" + word + "'");
            }
            return path;
        } catch (InvalidPathException unspeakable) {
            throw new TypeConversionException(
                    "expected a file name of this system, got '" + word + "': " + unspeakable.getReason());
        }
    }
}
