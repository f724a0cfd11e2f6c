package dev.faultline.source.elf;

import java.io.InputStream;

/** A part of a file, read from its start to its end. */
final class FileRange extends InputStream implements SectionStream.Input {

    private final FileBytes file;
    private final String what;
    private final long end;
    private long offset;

    FileRange(FileBytes file, long offset, long byteSize, String what) {
        this.file = file;
        this.what = what;
        this.offset = offset;
        this.end = offset + byteSize;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int byteSize) {
        int some = (int) Math.min(byteSize, end - offset);
        if (some <= 0) {
            return byteSize == 0 ? 0 : -1;
        }
        file.read(offset, into, at, some, what);
        offset += some;
        return some;
    }

    @Override
    public long skip(long byteSize) {
        long some = Math.max(0, Math.min(byteSize, end - offset));
        offset += some;
        return some;
    }

    @Override
    public void close() {
        // the file is closed by who opened it
    }
}
