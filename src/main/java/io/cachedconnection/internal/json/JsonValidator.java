package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates a JSON text in one pass: exactly one value of a shape and nothing after it, by the grammar of RFC 8259, without
 * duplicate names in an object, with limited depth and limited numbers. Runs in linear time on the raw bytes and allocates
 * almost nothing, because every hit runs it.
 */
final class JsonValidator {

    // Deeper nesting would exhaust a provider's stack, more elements would take many times their bytes, and larger
    // numbers more
    // than linear time.
    static final int MAX_DEPTH = 64;
    static final int MAX_ELEMENTS = 1_000_000; // elements of arrays and members of objects, all together
    static final int MAX_DIGITS = 1000;
    static final int MAX_EXPONENT_DIGITS = 4;

    private static final int LONG_DIGITS = 18; // 18 digits always fit into 64 bits
    private static final byte END = '\0'; // invalid in JSON, so it needs no separate check

    private final byte[] text; // valid UTF-8
    private int at;
    private int elements;
    private boolean escaped; // the last string had an escape

    /** Continues a validation at the given position, with the given count of elements. */
    JsonValidator(byte[] text, int at, int elements) {
        this.text = text;
        this.at = at;
        this.elements = elements;
    }

    int at() {
        return at;
    }

    int elements() {
        return elements;
    }

    /** Validates {@code text}, which must be valid UTF-8. */
    static void check(byte[] text, JsonShape jsonShape) throws UnreadableValueException {
        JsonValidator jsonValidator = new JsonValidator(text, 0, 0);
        jsonValidator.value(jsonShape, 0);
        jsonValidator.space();
        if (jsonValidator.at < jsonValidator.text.length) {
            throw new UnreadableValueException("something after the value");
        }
    }

    /** Validates one value and the space before it. */
    void value(JsonShape jsonShape, int depth) throws UnreadableValueException {
        if (depth > MAX_DEPTH) {
            throw new UnreadableValueException("nested too deeply");
        }
        space();
        switch (peek()) {
            case '{' -> object(fitting(jsonShape.members()), depth);
            case '[' -> array(fitting(jsonShape.element()), depth);
            case '"' -> {
                int start = at + 1;
                fit(jsonShape.allowsText(string()));
                if (jsonShape.looksAtText()) {
                    String raw = new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
                    fit(jsonShape.allowsText(escaped ? unescaped(raw) : raw));
                }
            }
            case 't' -> literal("true", jsonShape.allowsBoolean());
            case 'f' -> literal("false", jsonShape.allowsBoolean());
            case 'n' -> literal("null", jsonShape.allowsNull());
            default -> fit(number(jsonShape));
        }
    }

    private void object(JsonShape.Members members, int depth) throws UnreadableValueException {
        at++;
        space();
        int known = skip('}') ? 0 : members(members, depth);
        fit(known >= members.required());
    }

    /** Validates the members of a non-empty object and returns the number of known names. */
    private int members(JsonShape.Members members, int depth) throws UnreadableValueException {
        Names names = new Names(); // allocated only for non-empty objects
        int known = 0;
        do {
            space();
            countElement();
            String name = name();
            if (!names.add(name)) {
                throw new UnreadableValueException("a name twice");
            }
            space();
            expect(':');
            fit(members.allowsName(name));
            JsonShape jsonShape = members.shapeOrNull(name);
            known += jsonShape == null ? 0 : 1;
            value(jsonShape == null ? members.further() : jsonShape, depth + 1);
            space();
        } while (skip(','));
        expect('}');
        return known;
    }

    private void array(JsonShape element, int depth) throws UnreadableValueException {
        at++;
        space();
        if (skip(']')) {
            return;
        }
        do {
            countElement();
            value(element, depth + 1);
            space();
        } while (skip(','));
        expect(']');
    }

    private void countElement() throws UnreadableValueException {
        if (++elements > MAX_ELEMENTS) {
            throw new UnreadableValueException("more than " + MAX_ELEMENTS + " elements");
        }
    }

    private String name() throws UnreadableValueException {
        int start = at + 1;
        string();
        String raw = new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
        return escaped ? unescaped(raw) : raw;
    }

    /** Validates a string and returns its length in Java characters. */
    private int string() throws UnreadableValueException {
        expect('"');
        escaped = false;
        int length = passPlain();
        while (!skip('"')) {
            escape();
            escaped = true;
            length += 1 + passPlain();
        }
        return length;
    }

    /** Skips characters that need no check of their own, which make up most texts. Returns their number. */
    private int passPlain() {
        int start = at;
        at = PlainRun.end(text, start);
        return peek() >= 0 ? at - start : passBeyondAscii(start);
    }

    private int passBeyondAscii(int start) {
        while (peek() < 0) {
            at = PlainRun.end(text, at + 1);
        }
        return length(start, at);
    }

    /** Returns the UTF-16 length of valid UTF-8: one for each character, two for a character of four bytes. */
    private int length(int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            length += ((text[i] & 0xC0) == 0x80 ? 0 : 1) + ((text[i] & 0xF8) == 0xF0 ? 1 : 0);
        }
        return length;
    }

    private void escape() throws UnreadableValueException {
        expect('\\');
        byte c = next();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (!isHexDigit(next())) {
                    throw notJson();
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw notJson();
        }
    }

    /** Decodes escapes to compare names. The scan has already checked that they are complete. */
    private static String unescaped(String raw) {
        StringBuilder name = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                name.append(c);
            } else if (raw.charAt(++i) == 'u') {
                name.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                i += 4;
            } else {
                name.append(plain(raw.charAt(i)));
            }
        }
        return name.toString();
    }

    private static char plain(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    /** Validates a number and tells whether the shape allows it. */
    private boolean number(JsonShape jsonShape) throws UnreadableValueException {
        int start = at;
        skip('-');
        int first = at;
        if (!skip('0')) {
            digits(MAX_DIGITS);
        }
        int end = at;
        if (skip('.')) {
            digits(MAX_DIGITS);
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits(MAX_EXPONENT_DIGITS);
        }
        boolean isLong = (at == end) && (end - first <= LONG_DIGITS);
        return isLong
                ? jsonShape.allowsWhole(start == first ? whole(first, end) : -whole(first, end))
                : jsonShape.allowsNumber(new String(text, start, at - start, StandardCharsets.ISO_8859_1));
    }

    private long whole(int first, int end) {
        long number = 0;
        for (int i = first; i < end; i++) {
            number = 10 * number + text[i] - '0';
        }
        return number;
    }

    private void digits(int most) throws UnreadableValueException {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        if (at == start) {
            throw notJson();
        }
        if (at - start > most) {
            throw new UnreadableValueException("a number beyond all bounds");
        }
    }

    private void literal(String word, boolean fits) throws UnreadableValueException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        fit(fits);
    }

    private void space() {
        if (peek() > ' ') {
            return; // the usual case, because programs write no space
        }
        for (byte c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) {
            at++;
        }
    }

    private byte peek() {
        return at < text.length ? text[at] : END;
    }

    private byte next() throws UnreadableValueException {
        byte c = peek();
        if (c == END) {
            throw notJson();
        }
        at++;
        return c;
    }

    private boolean skip(char c) {
        boolean there = peek() == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char c) throws UnreadableValueException {
        if (!skip(c)) {
            throw notJson();
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(byte c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Tells whether {@code text} is within the limits for numbers. It need not be a number. */
    static boolean isNumberInBounds(String text) {
        int power = Math.max(text.indexOf('e'), text.indexOf('E'));
        int sign = power < 0 || power + 1 == text.length() || "+-".indexOf(text.charAt(power + 1)) < 0 ? 0 : 1;
        boolean exponentFits = power < 0 || text.length() - power - 1 - sign <= MAX_EXPONENT_DIGITS;
        return exponentFits && text.length() <= 2 * MAX_DIGITS;
    }

    private static <T> T fitting(@Nullable T part) throws UnreadableValueException {
        if (part == null) {
            throw new UnreadableValueException("another shape than the type's");
        }
        return part;
    }

    private static void fit(boolean fits) throws UnreadableValueException {
        if (!fits) {
            throw new UnreadableValueException("another shape than the type's");
        }
    }

    private static UnreadableValueException notJson() {
        return new UnreadableValueException("not JSON");
    }

    /** The names of one JSON object so far. A few names are cheaper in an array than in a set. */
    static final class Names {

        private static final int FEW = 16;

        private final @Nullable String[] few = new String[FEW];
        private int count;
        private @Nullable Set<@Nullable String>
                many; // strings are comparable, so hash collisions cost at most a logarithm

        /** Adds a name; returns false if it is a duplicate. */
        boolean add(String name) {
            if (many != null) {
                return many.add(name);
            }
            for (int i = 0; i < count; i++) {
                if (name.equals(few[i])) {
                    return false;
                }
            }
            if (count == FEW) {
                many = new HashSet<>(Arrays.asList(few));
                return many.add(name);
            }
            few[count++] = name;
            return true;
        }
    }
}
