package dev.faultline.cli.manual;

import dev.faultline.cli.command.FaultlineCommand;
import dev.faultline.cli.run.CliContext;
import dev.faultline.machine.Machines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes the manual pages of all commands and the completion file of bash and zsh. The build runs this; the same
 * program gives the same bytes.
 */
public final class ManualPages {

    private ManualPages() {}

    /**
     * Writes {@code man/man1/*.1}, the same packed as {@code man-gz/man1/*.1.gz}, and {@code
     * completion/faultline.bash}.
     *
     * @param arguments the directory, and the version of the program
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path plain = Files.createDirectories(directory.resolve("man/man1"));
        Path packed = Files.createDirectories(directory.resolve("man-gz/man1"));
        for (Map.Entry<String, String> page : texts(arguments[1]).entrySet()) {
            Files.writeString(plain.resolve(page.getKey() + ".1"), page.getValue());
            try (OutputStream out = Files.newOutputStream(packed.resolve(page.getKey() + ".1.gz"));
                    GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(page.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        Path completion = Files.createDirectories(directory.resolve("completion"));
        Files.writeString(completion.resolve("faultline.bash"), AutoComplete.bash("faultline", root()) + '\n');
    }

    /** {@return the source of each page by its name, such as {@code faultline-inspect}; the program's comes first} */
    static Map<String, String> texts(String version) {
        CommandLine root = root();
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        commands.addAll(root.getSubcommands().values());
        Map<String, String> texts = new LinkedHashMap<>();
        for (CommandLine command : commands) {
            if (ManualPage.hasPage(command)) {
                ManualPage page = new ManualPage(command, version);
                texts.put(page.name(), page.text());
            }
        }
        return texts;
    }

    private static CommandLine root() {
        return FaultlineCommand.in(new CliContext(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(OutputStream.nullOutputStream()),
                Map.of(),
                Machines::x86));
    }
}
