package io.cachedconnection.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.fuzz.Sample.Book;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.Types;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/**
 * An entry of about 1 MB.
 *
 * @param name what it is
 * @param sample a value of its type
 * @param wire how it stands in Redis
 * @param text its JSON
 * @param bytes what is made of that
 */
record Large(String name, Sample sample, Wire wire, String text, Made bytes) {

    private static final int MB = 1_000_000;
    private static final Sample NUMBERS = new Sample(new Types<List<Integer>>() {}.type(), List.of(1));
    private static final Sample FRACTIONS = new Sample(new Types<List<Double>>() {}.type(), List.of(1.5));
    private static final Sample NAMED = new Sample(new Types<Map<String, Integer>>() {}.type(), Map.of("a", 1));
    private static final Sample TEXTS = new Sample(new Types<List<String>>() {}.type(), List.of("a"));
    private static final Sample BOOKS = sample(new Types<List<Book>>() {}.type());
    private static final Sample ANY = new Sample(Object.class, null); // no other value that Yasson writes
    private static final Sample TEXT = sample(String.class);
    private static final String BOOK =
            "{\"chapters\":[{\"day\":\"MONDAY\",\"level\":-7,\"mark\":\"a\",\"title\":\"one\",\"words\":1099}],"
                    + "\"id\":\"00000000-0000-0001-0000-000000000002\",\"lent\":true,\"pages\":204,\"price\":12.75,\"sequel\":null,\"title\":\"Solaris\"}";

    /** How the bytes in Redis are made of the text. */
    interface Made {
        byte[] from(Target target) throws UnreadableValueException;
    }

    static List<Large> refused() {
        return List.of(
                bare("arrays in arrays", ANY, "[".repeat(MB)),
                bare("objects in objects", ANY, "{\"a\":".repeat(MB / 5)),
                bare("objects in the place of texts", TEXTS, "[" + "{},".repeat(MB / 3) + "{}]"),
                bare("empty objects, then nothing", ANY, "[" + "{},".repeat(MB / 3)),
                bare("empty arrays, then nothing", ANY, "[" + "[],".repeat(MB / 3)),
                bare("a text without an end", TEXT, "\"" + "a".repeat(MB)),
                bare("a text beyond ASCII without an end", TEXT, "\"" + "é".repeat(MB / 2)),
                bare("escapes, the last of them cut off", TEXT, "\"" + "\\u00e9".repeat(MB / 6) + "\\u00e"),
                bare("many texts, then nothing", TEXTS, "[" + "\"é\",".repeat(MB / 5)),
                bare("digits", ANY, "9".repeat(MB)),
                bare("numbers, then nothing", NUMBERS, "[" + "1234567,".repeat(MB / 8)),
                bare("short numbers, then nothing", NUMBERS, "[" + "1,".repeat(MB / 2)),
                bare(
                        "numbers at the limit, then nothing",
                        new Sample(new Types<List<java.math.BigDecimal>>() {}.type(), List.of()),
                        "[" + ("9".repeat(1000) + ",").repeat(MB / 1001)),
                bare("short fractions, then nothing", FRACTIONS, "[" + "1.5,".repeat(MB / 4)),
                bare("short powers, then nothing", FRACTIONS, "[" + "1e5,".repeat(MB / 4)),
                bare(
                        "fractions at the limit, then nothing",
                        FRACTIONS,
                        "[" + ("0." + "9".repeat(1000) + ",").repeat(MB / 1003)),
                bare(
                        "fractions at both limits, then nothing",
                        FRACTIONS,
                        "[" + ("1" + "9".repeat(999) + "." + "9".repeat(1000) + "e-999,").repeat(MB / 2007)),
                bare("white space", ANY, " ".repeat(MB)),
                bare("names, then nothing", ANY, members(95_000, Integer::toString)),
                bare("names of a map, then nothing", NAMED, members(95_000, Integer::toString)),
                bare("names that collide, then nothing", ANY, members(29_000, i -> colliding(i, 15))),
                bare(
                        "short names that collide in small objects, then nothing",
                        ANY,
                        "[" + (members(16, i -> colliding(i, 4)) + "},").repeat(MB / 220)),
                bare("names with escapes, then nothing", ANY, members(65_000, i -> "\\u0061" + i)),
                bare("books, the last one cut off", BOOKS, "[" + (BOOK + ",").repeat(MB / (BOOK.length() + 1)) + "{"),
                bare("not UTF-8 at the end", BOOKS, "[" + (BOOK + ",").repeat(MB / (BOOK.length() + 1)))
                        .with(Large::damagedAtTheEnd),
                clear("an envelope of another type", bytes -> bytes[5] ^= 1),
                clear("an envelope with unknown flags", bytes -> bytes[2] = 64),
                clear("an envelope of another version", bytes -> bytes[1] = 3),
                sealed("cipher text, changed in the middle", bytes -> bytes[bytes.length / 2] ^= 1),
                sealed("cipher text, changed in the nonce", bytes -> bytes[33] ^= 1),
                sealed("cipher text with an unknown key", bytes -> bytes[28] ^= 1),
                bomb("a bomb of 1 MB, cut off as JSON", 1_000_000, 1_000_000),
                bomb("a bomb that says too little", 1_000_000, 10_000),
                bomb("a bomb that says too much", 900_000, 1_000_000),
                bomb("a bomb that says the most", 1_000_000, Integer.MAX_VALUE));
    }

    static List<Large> taken() {
        String books = "[" + (BOOK + ",").repeat(MB / (BOOK.length() + 1)) + BOOK + "]";
        return List.of(
                bare("books", BOOKS, books),
                new Large("books in an envelope", BOOKS, Wire.CLEAR, books, genuine(books)),
                new Large("books, compressed", BOOKS, Wire.COMPRESSED, books, genuine(books)),
                new Large("books, encrypted", BOOKS, Wire.ENCRYPTED, books, genuine(books)),
                bare("numbers", NUMBERS, "[" + "1234567,".repeat(MB / 8) + "1]"),
                bare("numbers near the largest double", FRACTIONS, "[" + "1e308,".repeat(MB / 6) + "1]"),
                bare("names of a map", NAMED, members(95_000, Integer::toString) + "}"),
                bare("names of a map that collide", NAMED, members(29_000, i -> colliding(i, 15)) + "}"),
                bare("a text", TEXT, "\"" + "a".repeat(MB) + "\""),
                bare("a text beyond ASCII", TEXT, "\"" + "é".repeat(MB / 2) + "\""),
                bare("a text of escapes", TEXT, "\"" + "\\u00e9".repeat(MB / 6) + "\""));
    }

    private static Sample sample(Type type) {
        return Sample.all().stream()
                .filter(sample -> sample.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Large with(Made made) {
        return new Large(name, sample, wire, text, made);
    }

    private static Large bare(String name, Sample sample, String text) {
        return new Large(name, sample, Wire.JSON, text, target -> text.getBytes(UTF_8));
    }

    private static byte[] damagedAtTheEnd(Target target) {
        byte[] bytes = ("[" + (BOOK + ",").repeat(MB / (BOOK.length() + 1)) + "\"x").getBytes(UTF_8);
        bytes[bytes.length - 1] = (byte) 0xFF;
        return bytes;
    }

    private static Made genuine(String text) {
        return target -> target.wrapped(text.getBytes(UTF_8));
    }

    /** Changes bytes. */
    private interface Change {
        void of(byte[] bytes);
    }

    private static Large clear(String name, Change change) {
        return changed(name, Wire.CLEAR, change);
    }

    private static Large sealed(String name, Change change) {
        return changed(name, Wire.ENCRYPTED, change);
    }

    private static Large changed(String name, Wire wire, Change change) {
        String text = "\"" + "a".repeat(MB) + "\"";
        return new Large(name, TEXT, wire, text, target -> {
            byte[] bytes = target.wrapped(text.getBytes(UTF_8));
            change.of(bytes);
            return bytes;
        });
    }

    /** Of its own few bytes nobody asks; what counts is what becomes of them. */
    private static Large bomb(String name, int length, int said) {
        String text = "\"" + "a".repeat(length - 1);
        return new Large(
                name,
                TEXT,
                Wire.COMPRESSED,
                text,
                target -> Bombs.around(target.payload(), text.getBytes(UTF_8), said));
    }

    /** An object whose end is missing. */
    private static String members(int count, IntFunction<String> name) {
        StringJoiner members = new StringJoiner(",", "{", "");
        for (int i = 0; i < count; i++) {
            members.add("\"" + name.apply(i) + "\":0");
        }
        return members.toString();
    }

    /** A name of so many pairs, all of which have one hash code. */
    private static String colliding(int number, int pairs) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < pairs; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }
}
