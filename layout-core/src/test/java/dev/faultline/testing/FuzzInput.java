package dev.faultline.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a kind of input is as the bytes of a file, and how it is made smaller.
 *
 * @param <I> the kind of input
 */
public interface FuzzInput<I> {

    /** Bytes, as they are. */
    FuzzInput<byte[]> BYTES = new FuzzInput<>() {
        @Override
        public byte[] toBytes(byte[] input) {
            return input;
        }

        @Override
        public byte[] fromBytes(byte[] bytes) {
            return bytes;
        }

        @Override
        public int size(byte[] input) {
            return input.length;
        }

        @Override
        public byte[] without(byte[] input, int from, int to) {
            byte[] rest = Arrays.copyOf(input, input.length - (to - from));
            System.arraycopy(input, to, rest, from, input.length - to);
            return rest;
        }
    };

    /**
     * Text, as UTF-8; as UTF-16 with a byte order mark when there are lone surrogates in it, which UTF-8 cannot say.
     */
    FuzzInput<String> TEXT = new FuzzInput<>() {
        @Override
        public byte[] toBytes(String input) {
            byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
            return new String(bytes, StandardCharsets.UTF_8).equals(input) ? bytes : utf16(input);
        }

        /** By hand, for an encoder replaces lone surrogates. */
        private byte[] utf16(String input) {
            byte[] bytes = new byte[2 + 2 * input.length()];
            bytes[0] = (byte) 0xfe;
            bytes[1] = (byte) 0xff;
            for (int i = 0; i < input.length(); i++) {
                bytes[2 + 2 * i] = (byte) (input.charAt(i) >> 8);
                bytes[3 + 2 * i] = (byte) input.charAt(i);
            }
            return bytes;
        }

        @Override
        public String fromBytes(byte[] bytes) {
            if (bytes.length < 2 || bytes[0] != (byte) 0xfe || bytes[1] != (byte) 0xff) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
            StringBuilder text = new StringBuilder();
            for (int i = 2; i + 1 < bytes.length; i += 2) {
                text.append((char) ((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
            }
            return text.toString();
        }

        @Override
        public int size(String input) {
            return input.length();
        }

        @Override
        public String without(String input, int from, int to) {
            return input.substring(0, from) + input.substring(to);
        }
    };

    /** {@return the input as a file of the corpus has it} */
    byte[] toBytes(I input);

    /** {@return the input of a file of the corpus} */
    I fromBytes(byte[] bytes);

    /** {@return how many parts can be taken away; none when it cannot be made smaller} */
    int size(I input);

    /** {@return the input without a run of its parts} */
    I without(I input, int from, int to);

    /** {@return the first parts of the input} */
    default I first(I input, int count) {
        return without(input, count, size(input));
    }
}
