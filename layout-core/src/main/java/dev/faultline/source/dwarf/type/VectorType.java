package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.record.TypeRecord;
import java.util.List;

/**
 * A vector, which the processor handles as one number: {@code float __attribute__((vector_size(16)))}.
 *
 * @param element the spelling of the element's type
 * @param type the element's type
 * @param counts number of elements, one dimension
 * @param byteSize size in bytes as stated; -1 when it is not
 */
record VectorType(String element, TypeRecord type, List<Long> counts, long byteSize) {

    TypeRecord record() {
        long count = counts.isEmpty() ? 0 : counts.get(0);
        long stated = byteSize;
        if (stated < 0 && type instanceof TypeRecord.Number number && count < Integer.MAX_VALUE) {
            stated = number.byteSize() * count;
        }
        if (stated <= 0) {
            return new TypeRecord.Unsized("a vector without size");
        }
        String spelling = element + " __attribute__((vector_size(" + stated + ")))";
        return new TypeRecord.Number(spelling, stated, Long.lowestOneBit(stated));
    }
}
