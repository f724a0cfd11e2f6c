package dev.faultline.source.dwarf.entry;

import java.util.Arrays;

/**
 * The source files of a unit, from the header of its line table: DWARF 5, section 6.2.4, and the versions before. Paths
 * are made when they are asked for, since a large program has millions. Safe for use by several threads.
 */
public final class LineFiles {

    /** No files. */
    public static final LineFiles NONE =
            new LineFiles(StringSections.none(), StringSections.EMPTY, new Rows(0), new Rows(0));

    private static final int MOST_FILES = 1 << 20;
    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_DIRECTORY = 2;
    private static final int MOST_FORMATS = 64;

    /** Stands for no text. */
    private static final long NO_TEXT = -1;

    private final UnitBytes bytes;
    private final StringSections strings;
    private final Rows directories;
    private final Rows files;

    private LineFiles(UnitBytes bytes, StringSections strings, Rows directories, Rows files) {
        this.bytes = bytes;
        this.strings = strings;
        this.directories = directories;
        this.files = files;
    }

    /** Names with the number of the directory of each. */
    private static final class Rows {

        private long[] texts;
        private int[] parents;
        private int count;

        Rows(int size) {
            texts = new long[size];
            parents = new int[size];
        }

        void add(long text, long directory) {
            if (count == MOST_FILES) {
                throw new IllegalArgumentException("more than " + MOST_FILES + " files");
            }
            if (count == texts.length) {
                texts = Arrays.copyOf(texts, 8 + 2 * count);
                parents = Arrays.copyOf(parents, 8 + 2 * count);
            }
            texts[count] = text;
            parents[count++] = (int) Math.max(0, Math.min(MOST_FILES, directory));
        }
    }

    /** {@return the path of a file; empty when the number is none} Relative ones count from where the compiler ran. */
    public String path(long number) {
        if (number < 0 || number >= files.count) {
            return "";
        }
        String name = text(files.texts[(int) number]);
        int directory = files.parents[(int) number];
        String parent = directory > 0 && directory < directories.count ? text(directories.texts[directory]) : "";
        return parent.isEmpty() || name.startsWith("/") ? name : parent + "/" + name;
    }

    private String text(long number) {
        if (number == NO_TEXT) {
            return "";
        }
        UnitBytes from = strings.bytes(number, bytes);
        return from.text(strings.at(number, from));
    }

    /**
     * Reads the header of a line table.
     *
     * @param bytes the table from its length on; what follows the header is not read
     * @param strings the sections with texts
     * @param addressBytes size of an address of the unit
     * @return its files
     * @throws IllegalArgumentException when it is of an unknown version, or broken
     * @throws IndexOutOfBoundsException when it ends too early
     */
    public static LineFiles read(UnitBytes bytes, StringSections strings, int addressBytes) {
        return new Header(bytes, strings, addressBytes).files();
    }

    /** {@return the length of the header of a table in bytes, from its first bytes} */
    public static long headerBytes(UnitBytes first) {
        boolean wide = first.u4(0) == UnitHeader.WIDE_ESCAPE;
        int at = wide ? 12 : 4;
        int version = first.u2(at);
        at += version >= 5 ? 4 : 2;
        int offsetBytes = wide ? 8 : 4;
        return at + offsetBytes + first.offset(at, offsetBytes);
    }

    private static final class Header {

        private final UnitBytes bytes;
        private final StringSections strings;
        private final UnitHeader unit;
        private final int version;
        private final int offsetBytes;
        private int at;

        Header(UnitBytes bytes, StringSections strings, int addressBytes) {
            this.bytes = bytes;
            this.strings = strings;
            boolean wide = bytes.u4(0) == UnitHeader.WIDE_ESCAPE;
            this.offsetBytes = wide ? 8 : 4;
            this.at = wide ? 12 : 4;
            this.version = bytes.u2(at);
            if (version < 2 || version > 5) {
                throw new IllegalArgumentException("a line table of version " + version);
            }
            this.unit = new UnitHeader(UnitHeader.Kind.COMPILE, version, addressBytes, offsetBytes, 0, 0, 0, 0);
        }

        LineFiles files() {
            at += version >= 5 ? 4 : 2; // version, sizes of addresses and segments
            at += offsetBytes; // length of the header
            at += version >= 4 ? 5 : 4; // instruction length, operations, default, line base, line range
            int opcodes = bytes.u1(at);
            at += Math.max(1, opcodes);
            Rows directories = new Rows(0);
            Rows files = new Rows(0);
            if (version >= 5) {
                formatted(directories);
                formatted(files);
            } else {
                plain(directories, files);
            }
            return new LineFiles(bytes, strings, directories, files);
        }

        /** Versions 2 to 4: directories and files, counted from 1; number 0 is where the compiler ran. */
        private void plain(Rows directories, Rows files) {
            directories.add(NO_TEXT, 0);
            while (bytes.u1(at) != 0) {
                directories.add(text(), 0);
            }
            at++;
            files.add(NO_TEXT, 0);
            while (bytes.u1(at) != 0) {
                long name = text();
                long directory = number();
                number(); // time
                number(); // length
                files.add(name, directory);
            }
        }

        private long text() {
            long text = StringSections.number(StringSections.INSIDE, at);
            at = bytes.skipText(at);
            return text;
        }

        private long number() {
            long number = bytes.uleb(at);
            at = bytes.next();
            return number;
        }

        /** Version 5: rows with a description of their parts, counted from 0. */
        private void formatted(Rows rows) {
            int formats = bytes.u1(at++);
            if (formats > MOST_FORMATS) {
                throw new IllegalArgumentException("a line table with rows of " + formats + " parts");
            }
            long[] contents = new long[formats];
            int[] forms = new int[formats];
            for (int i = 0; i < formats; i++) {
                contents[i] = number();
                forms[i] = (int) number();
            }
            long count = number();
            if (count < 0 || count > bytes.byteSize()) {
                throw new IllegalArgumentException(count + " files in a table of " + bytes.byteSize() + " bytes");
            }
            for (long i = 0; i < count; i++) {
                row(contents, forms, rows);
            }
        }

        private void row(long[] contents, int[] forms, Rows rows) {
            long text = NO_TEXT;
            long directory = 0;
            for (int i = 0; i < forms.length; i++) {
                int size = DwarfForm.byteSize(forms[i], unit);
                int behind = size >= 0 ? at + size : Abbreviation.skipped(bytes, at, size, unit);
                if (contents[i] == CONTENT_PATH) {
                    text = path(forms[i]);
                } else if (contents[i] == CONTENT_DIRECTORY) {
                    directory = forms[i] == DwarfForm.UDATA ? bytes.uleb(at) : bytes.number(at, Math.max(1, size));
                }
                at = behind;
                bytes.number(at - 1, 1); // bounds
            }
            rows.add(text, directory);
        }

        private long path(int form) {
            return switch (form) {
                case DwarfForm.STRING -> StringSections.number(StringSections.INSIDE, at);
                case DwarfForm.STRP -> StringSections.number(StringSections.STR, bytes.offset(at, offsetBytes));
                case DwarfForm.LINE_STRP ->
                    StringSections.number(StringSections.LINE_STR, bytes.offset(at, offsetBytes));
                default -> NO_TEXT;
            };
        }
    }
}
