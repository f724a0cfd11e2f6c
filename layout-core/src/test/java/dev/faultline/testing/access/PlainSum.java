package dev.faultline.testing.access;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What random access files add up to, member by member as docs/access-files.md says, without the product's code. */
public final class PlainSum {

    private final List<RandomAccessFile> files;

    public PlainSum(List<RandomAccessFile> files) {
        this.files = List.copyOf(files);
    }

    /** {@return the number of runs} */
    public long runs() {
        return files.stream()
                .mapToLong(file -> (Long) file.header().getOrDefault("runs", 1L))
                .sum();
    }

    /** {@return the duration; NaN when that of one file is not known} */
    public double seconds() {
        BigDecimal sum = BigDecimal.ZERO;
        for (RandomAccessFile file : files) {
            if (!file.header().containsKey("seconds")) {
                return Double.NaN;
            }
            sum = sum.add((BigDecimal) file.header().get("seconds"));
        }
        return sum.doubleValue();
    }

    /** {@return what was seen, or how much of it has a type; 0 when one file does not know} */
    public long coverage(String member) {
        long sum = 0;
        for (RandomAccessFile file : files) {
            if (!file.header().containsKey("coverage")) {
                return 0;
            }
            sum += (Long) ((Map<?, ?>) file.header().get("coverage")).get(member);
        }
        return sum;
    }

    /**
     * {@return for each role, operation, type, field, offset and kind, in that order: the most threads and CPUs; count,
     * HITMs, count of the same object; and 1 when it may be more} What a file does not know is -1.
     */
    public Map<List<Object>, List<Long>> rows() {
        Map<List<Object>, Long[]> sums = new HashMap<>();
        for (RandomAccessFile file : files) {
            for (Map<String, Object> row : file.rows()) {
                List<Object> key = List.of(
                        row.get("role"),
                        row.getOrDefault("operation", ""),
                        row.get("type"),
                        row.getOrDefault("field", ""),
                        row.getOrDefault("byteOffset", -1L),
                        row.get("kind"));
                add(sums.computeIfAbsent(key, any -> new Long[] {0L, 0L, 0L, 0L, 0L, 0L}), row);
            }
        }
        Map<List<Object>, List<Long>> rows = new HashMap<>();
        sums.forEach((key, sum) -> rows.put(key, List.copyOf(Arrays.asList(sum))));
        return rows;
    }

    private static void add(Long[] sum, Map<String, Object> row) {
        sum[0] = Math.max(sum[0], (Long) row.getOrDefault("threads", 0L));
        sum[1] = Math.max(sum[1], (Long) row.getOrDefault("cpus", 0L));
        sum[2] = exact(sum[2], (Long) row.get("count"));
        sum[3] = exact(sum[3], (Long) row.getOrDefault("hitm", 0L));
        long same = (Long) row.getOrDefault("sameObject", -1L);
        sum[4] = sum[4] < 0 || same < 0 ? -1L : exact(sum[4], same);
        sum[5] = Math.max(sum[5], row.get("atLeast") == Boolean.TRUE ? 1L : 0L);
    }

    private static long exact(long sum, long more) {
        return BigInteger.valueOf(sum).add(BigInteger.valueOf(more)).longValueExact();
    }
}
