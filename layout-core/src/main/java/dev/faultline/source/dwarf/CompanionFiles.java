package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.type.SplitUnit;
import dev.faultline.source.elf.ElfFile;
import java.util.Optional;

/** Finds the other files that have parts of a binary's debug information. What is opened is closed by the caller. */
public interface CompanionFiles {

    /** No other files. */
    CompanionFiles NONE = new CompanionFiles() {
        @Override
        public Optional<ElfFile> alternate() {
            return Optional.empty();
        }

        @Override
        public Optional<ElfFile> splitPackage() {
            return Optional.empty();
        }

        @Override
        public Optional<ElfFile> split(SplitUnit unit) {
            return Optional.empty();
        }
    };

    /** {@return the file that dwz has moved types to which several binaries share; empty when it is not there} */
    Optional<ElfFile> alternate();

    /** {@return the package of all split units, {@code .dwp}; empty when there is none} */
    Optional<ElfFile> splitPackage();

    /** {@return the file of a split unit, {@code .dwo}; empty when it is not there} */
    Optional<ElfFile> split(SplitUnit unit);
}
