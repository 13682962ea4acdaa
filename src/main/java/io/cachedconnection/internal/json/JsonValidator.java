package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a JSON text, which accepts exactly one value of a shape and nothing after it: the grammar of RFC 8259, no
 * name twice in an object, bounded depth, numbers of bounded size. Time is linear in the length of the text. It goes over
 * the bytes as they are, and leaves next to nothing behind, because it runs in every hit.
 */
final class JsonValidator {

    // Deeper nesting would cost a provider its stack; more elements cost it many times their bytes; longer or larger
    // numbers cost more than linear time.
    static final int MAX_DEPTH = 64;
    static final int MAX_ELEMENTS = 1_000_000; // those of arrays and the members of objects, all together
    static final int MAX_DIGITS = 1000;
    static final int MAX_EXPONENT_DIGITS = 4;

    private static final int LONG_DIGITS = 18; // as many are always fewer than 64 bits
    private static final byte END = '\0'; // not allowed in JSON, so it needs no test of its own

    private final byte[] text; // valid UTF-8
    private int at;
    private int elements;
    private boolean escaped; // whether the last string had an escape

    /** A pass that goes on where another one has got to, with as many elements. */
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

    /** {@code text} is valid UTF-8. */
    static void check(byte[] text, JsonShape jsonShape) throws UnreadableValueException {
        JsonValidator jsonValidator = new JsonValidator(text, 0, 0);
        jsonValidator.value(jsonShape, 0);
        jsonValidator.space();
        if (jsonValidator.at < jsonValidator.text.length) {
            throw new UnreadableValueException("something after the value");
        }
    }

    /** Passes one value and the space before it. */
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

    /** Passes the members of an object that has some, and gives the number of those that are known. */
    private int members(JsonShape.Members members, int depth) throws UnreadableValueException {
        Names names = new Names(); // takes more than an object without any
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

    /** Passes a string and gives its length in Java's characters. */
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

    /** Most of a text is this: characters that need no look of their own. Gives their number. */
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

    /** In UTF-16, of UTF-8 that is valid: one for each character, two where that takes four bytes. */
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

    /** Only what can make two names one matters here, and the scan has already seen that the escapes are whole. */
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

    /** Passes a number and tells whether it fits. */
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
            return; // nearly always, for nobody writes any
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

    /** Whether {@code text} is no longer and no larger than a number may be; it need not be one. */
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

    /** The names that one JSON object has had so far. The usual few are cheaper in a row than in a set. */
    static final class Names {

        private static final int FEW = 16;

        private final @Nullable String[] few = new String[FEW];
        private int count;
        private @Nullable Set<@Nullable String>
                many; // strings are comparable, so chosen collisions cost a logarithm at most

        /** False if it is there already. */
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
