package dev.faultline.report;

import dev.faultline.contract.ContractResult;
import java.io.IOException;
import java.util.List;

/** Writes which promises are kept, in one format. */
public interface CheckWriter {

    /**
     * Writes the whole report.
     *
     * @param sections one a contract, or a source whose structs have group markers
     * @throws IOException when it cannot be written
     */
    void write(List<ContractResult> sections) throws IOException;
}
