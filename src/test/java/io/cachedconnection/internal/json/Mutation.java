package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** A JSON text with some damage, or with another value in the place of one. */
final class Mutation {

    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "01",
            "1.5",
            "1e5",
            "-0.0",
            "99999999999",
            "9223372036854775808",
            "1e999999999",
            "1e400",
            "{}",
            "[]",
            "[{}]",
            "\"\"",
            "\"x\"",
            "\"1\"",
            "\"\\u0061\"",
            "\"\\ud800\"",
            "\"2024-02-30\"",
            "\"2024-02-29T24:00:00Z\"",
            "\"2024-02-29T10:00:00+01:00\"",
            "\"1-1-1-1-1\"",
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
            "é",
            "\"more\":[1,{\"a\":1e300}],",
            "\"id\":1,",
            "\"a\":null,",
            "[[[[[[[[[[[[[[[[",
            ",\"z\":1");

    private Mutation() {}

    static byte[] of(byte[] payload, Random random) {
        byte[] mutated = payload;
        for (int steps = random.nextInt(3); steps >= 0; steps--) {
            mutated = once(mutated, random);
        }
        return mutated;
    }

    private static byte[] once(byte[] payload, Random random) {
        int at = random.nextInt(payload.length + 1);
        int end = Math.min(payload.length, at + random.nextInt(12));
        byte[] token = TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8);
        return switch (random.nextInt(8)) {
            case 0 ->
                joined(
                        payload,
                        at,
                        new byte[] {(byte) (at < payload.length ? payload[at] ^ 1 << random.nextInt(8) : 1)},
                        Math.min(payload.length, at + 1));
            case 1 -> joined(payload, at, new byte[0], end);
            case 2 -> joined(payload, at, token, at);
            case 3 -> joined(payload, at, (random.nextBoolean() ? " " : "\n").getBytes(UTF_8), at);
            case 4 -> {
                int from = random.nextInt(at + 1);
                byte[] copied = new byte[at - from];
                System.arraycopy(payload, from, copied, 0, copied.length);
                yield joined(payload, at, copied, at);
            }
            default -> inPlaceOfAValue(payload, random, token);
        };
    }

    /** After a colon, a comma or a bracket, up to the next comma or bracket. */
    private static byte[] inPlaceOfAValue(byte[] payload, Random random, byte[] token) {
        int start = random.nextInt(payload.length + 1);
        while (start < payload.length && ":,[{".indexOf(payload[start]) < 0) {
            start++;
        }
        start = Math.min(payload.length, start + 1);
        int end = start;
        while (random.nextInt(8) > 0 && end < payload.length && ",]}".indexOf(payload[end]) < 0) {
            end++;
        }
        return joined(payload, start, token, end);
    }

    private static byte[] joined(byte[] payload, int start, byte[] middle, int end) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(payload, 0, start);
        joined.writeBytes(middle);
        joined.write(payload, end, payload.length - end);
        return joined.toByteArray();
    }
}
