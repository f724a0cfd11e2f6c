package dev.faultline.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Standard input, which may be closed. A VM that is started so opens a file of its own instead, on Linux its module
 * image; that is not read.
 */
final class StandardInput extends FilterInputStream {

    /** The variable by which the launcher tells that it is closed. */
    private static final String STATE = "FAULTLINE_STDIN";

    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

    private final Map<String, String> environment;
    private boolean checked;

    StandardInput(InputStream in, Map<String, String> environment) {
        super(in);
        this.environment = environment;
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        check();
        return super.read(bytes, offset, length);
    }

    /** Does nothing: a VM whose own file is closed crashes. */
    @Override
    public void close() {}

    private void check() throws IOException {
        if (!checked && (environment.getOrDefault(STATE, "").equals("closed") || isFileOfVm())) {
            throw new IOException("it is closed; give a file, or a pipe such as `pahole -C foo a.o |`");
        }
        checked = true;
    }

    private static boolean isFileOfVm() {
        try {
            return DESCRIPTOR
                    .toRealPath()
                    .startsWith(Path.of(System.getProperty("java.home")).toRealPath());
        } catch (IOException | RuntimeException elsewhere) {
            return false; // no Linux, or a pipe or socket
        }
    }
}
