package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes as an accident or an attacker might, with an eye for what JSON is made of. For one thread. */
public final class Mutator {

    private static final int LARGE = 1_100_000; // some more than max-value-bytes
    private static final int ONE_IN_LARGE = 2_000;
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "-0",
            "1.5",
            "1e5",
            "1e308",
            "1e400",
            "1e9999",
            "1e-9999",
            "1e999999999",
            "127",
            "128",
            "65536",
            "2147483648",
            "-9223372036854775809",
            "99999999999999999999999",
            "0.1e1",
            "01",
            "+1",
            ".5",
            "{}",
            "[]",
            "[{}]",
            "[[]]",
            "{\"\":{}}",
            "{\"id\":1}",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\uDC00\"",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            " ",
            "\n",
            "\0",
            "\uFEFF",
            "\uFFFD",
            "é",
            "\"id\":null,",
            "\"credentials\":null,",
            "\"pages\":7,",
            "\"title\":\"x\",",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"PT9999999999999H\"",
            "\"1970-01-01T00:00:00Z\"",
            "\"MONDAY\"",
            "\"active\"",
            "1".repeat(999),
            "1".repeat(1001),
            "NaN",
            "Infinity",
            "/*",
            "'x'",
            "99999999999",
            "\"pension\"",
            "[[[[[[[[[[[[[[[[",
            "\"k\":[",
            "-0.0",
            "9223372036854775808",
            "\"1\"",
            "\"\\u0061\"",
            "\"2024-02-30\"",
            "\"2024-02-29T24:00:00Z\"",
            "\"2024-02-29T10:00:00+01:00\"",
            "\"1-1-1-1-1\"",
            "\"more\":[1,{\"a\":1e300}],",
            "\"id\":1,",
            "\"a\":null,",
            ",\"z\":1");
    private static final List<Long> EXTREMES = List.of(
            0L,
            1L,
            -1L,
            0x7FL,
            0x80L,
            0xFFFFL,
            1L << 20,
            (1L << 20) + 1,
            0x7FFFFFFFL,
            0x80000000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    private final SplittableRandom random;

    public Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** {@code bytes} with one to four kinds of damage; {@code other} is something else that parts may come from. */
    public byte[] mutated(byte[] bytes, byte[] other) {
        byte[] mutated = bytes;
        for (int steps = random.nextInt(1, 5); steps > 0; steps--) {
            mutated = step(mutated, other);
        }
        return random.nextInt(ONE_IN_LARGE) == 0 ? enlarged(mutated) : mutated;
    }

    private byte[] step(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(12));
        return switch (random.nextInt(14)) {
            case 0 -> flipped(bytes);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at);
            case 3 -> joined(bytes, at, new byte[0], end);
            case 4 -> joined(bytes, at, token(), end);
            case 5 -> joined(bytes, at, part(bytes), at);
            case 6 -> joined(bytes, at, part(other), end);
            case 7 -> joined(bytes, at, part(other), bytes.length);
            case 8 -> overwritten(bytes, at);
            case 9 -> repeated(bytes, value(bytes), random.nextInt(2, 40));
            case 10 -> nested(bytes, value(bytes), random.nextInt(1, 100));
            case 11 -> replaced(bytes, value(bytes), part(other, value(other)));
            case 12 -> joined(bytes, at, token(), at);
            default -> replaced(bytes, value(bytes), token());
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return flipped;
    }

    /** A number as the header of an envelope has them, of one to eight bytes. */
    private byte[] overwritten(byte[] bytes, int at) {
        byte[] overwritten = bytes.clone();
        long extreme = EXTREMES.get(random.nextInt(EXTREMES.size()));
        int width = random.nextInt(1, 9);
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            overwritten[at + i] = (byte) (extreme >>> (Byte.SIZE * (width - 1 - i)));
        }
        return overwritten;
    }

    private byte[] enlarged(byte[] bytes) {
        return bytes.length == 0 ? bytes : repeated(bytes, value(bytes), LARGE / Math.max(2, bytes.length));
    }

    private byte[] repeated(byte[] bytes, int[] value, int times) {
        String text = new String(part(bytes, value), ISO_8859_1);
        int fitting = Math.min(times, LARGE / (text.length() + 1));
        return joined(
                bytes,
                value[0],
                (text + (random.nextBoolean() ? "," : "")).repeat(fitting).getBytes(ISO_8859_1),
                value[0]);
    }

    private byte[] nested(byte[] bytes, int[] value, int depth) {
        boolean array = random.nextBoolean();
        String text = (array ? "[" : "{\"sequel\":").repeat(depth)
                + new String(part(bytes, value), ISO_8859_1)
                + (array ? "]" : "}").repeat(depth);
        return joined(bytes, value[0], text.getBytes(ISO_8859_1), value[1]);
    }

    private static byte[] replaced(byte[] bytes, int[] value, byte[] by) {
        return joined(bytes, value[0], by, value[1]);
    }

    private byte[] part(byte[] bytes) {
        int start = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, start, random.nextInt(start, bytes.length + 1));
    }

    private static byte[] part(byte[] bytes, int[] value) {
        return Arrays.copyOfRange(bytes, value[0], value[1]);
    }

    /** From where to where a value stands, if it is JSON: after a colon, comma or bracket, up to its end or the first one in it. */
    private int[] value(byte[] bytes) {
        int start = random.nextInt(bytes.length + 1);
        while (start > 0 && ":,[{".indexOf(bytes[start - 1]) < 0) {
            start--;
        }
        int end = start;
        int depth = 0;
        boolean isWhole = random.nextBoolean();
        while (end < bytes.length && ((isWhole && depth > 0) || ",]}".indexOf(bytes[end]) < 0)) {
            depth += "[{".indexOf(bytes[end]) >= 0 ? 1 : "]}".indexOf(bytes[end]) >= 0 ? -1 : 0;
            end++;
        }
        return new int[] {start, end};
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8);
    }

    private static byte[] joined(byte[] bytes, int start, byte[] middle, int end) {
        var joined = new ByteArrayOutputStream(bytes.length + middle.length);
        joined.write(bytes, 0, start);
        joined.writeBytes(middle);
        joined.write(bytes, end, bytes.length - end);
        return joined.toByteArray();
    }
}
