package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text and looks at each byte once. It applies the rules of {@link JsonValidator}: its grammar, limits and
 * messages. Use it once, on one thread.
 */
public final class DirectReader {

    private static final byte END = '\0'; // invalid in JSON, so it needs no separate check
    private static final int LONG_DIGITS = 18; // 18 digits always fit into 64 bits

    private final byte[] text;
    private int at;
    private int elements;
    private boolean isUtf8; // the whole text is known to be UTF-8
    private @Nullable Object @Nullable [] spare; // the components of the last record, for the next one with as many

    // The state of the last number; an object for each would be garbage.
    private long digits; // of a number with at most 18 digits, with its sign
    private int scale; // the power of ten to divide by
    private boolean isWhole; // without a point and an exponent
    private int numberStart;

    public DirectReader(byte[] text) {
        this.text = text;
    }

    byte peek() {
        return at < text.length ? text[at] : END;
    }

    /** Skips space and returns the first byte of the next value. */
    byte first() {
        if (peek() <= ' ') { // rare, because programs write no space
            for (byte c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) {
                at++;
            }
        }
        return peek();
    }

    /** Skips space and {@code c}; returns false if another character comes next. */
    public boolean skip(char c) {
        if (first() != c) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) throws UnreadableValueException {
        if (!skip(c)) {
            throw notJson();
        }
    }

    /** Skips the character with which a value of the type must begin. */
    public void begin(char c) throws UnreadableValueException {
        if (peek() != c) {
            throw another();
        }
        at++;
    }

    /** Creates the failure for a value of another kind, or for no value. */
    private UnreadableValueException another() {
        return peek() != END && "\"{[tfn-0123456789".indexOf(peek()) >= 0 ? otherShape() : notJson();
    }

    void end() throws UnreadableValueException {
        first();
        if (at < text.length) {
            throw new UnreadableValueException("something after the value");
        }
    }

    /**
     * Returns the depth of the content of an array or object at {@code depth}. Call it for each element, because it counts
     * them.
     */
    int inside(int depth) throws UnreadableValueException {
        if (++elements > JsonValidator.MAX_ELEMENTS) {
            throw new UnreadableValueException("more than " + JsonValidator.MAX_ELEMENTS + " elements");
        }
        if (depth >= JsonValidator.MAX_DEPTH) {
            throw new UnreadableValueException("nested too deeply");
        }
        return depth + 1;
    }

    void literal(String word) throws UnreadableValueException {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw notJson();
            }
            at++;
        }
    }

    boolean truth() throws UnreadableValueException {
        boolean truth = peek() == 't';
        if (!truth && peek() != 'f') {
            throw another();
        }
        literal(truth ? "true" : "false");
        return truth;
    }

    /** Skips {@code token} if it comes next exactly. */
    boolean skip(byte[] token) {
        return skip(token, 0);
    }

    /** Skips {@code token} without its first bytes, and the space before it, if it comes next exactly. */
    boolean skip(byte[] token, int without) {
        first();
        int end = at + token.length - without;
        if (end > text.length || !Arrays.equals(text, at, end, token, without, token.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** Reads the name of a member and the colon after it. */
    String name() throws UnreadableValueException {
        if (first() != '"') {
            throw notJson();
        }
        String name = string();
        expect(':');
        return name;
    }

    /** Skips a value that the type does not contain, by the rules for unknown members. */
    void pass(JsonShape jsonShape, int depth) throws UnreadableValueException {
        if (!isUtf8) {
            Utf8.text(text);
            isUtf8 = true;
        }
        JsonValidator jsonValidator = new JsonValidator(text, at, elements);
        jsonValidator.value(jsonShape, depth);
        at = jsonValidator.at();
        elements = jsonValidator.elements();
    }

    /** Reads a string. The caller has checked that it begins here. */
    String string() throws UnreadableValueException {
        int start = ++at;
        int end = PlainRun.end(text, start);
        if (end < text.length && text[end] == '"') {
            at = end + 1;
            return new String(text, start, end - start, ISO_8859_1);
        }
        boolean isEscaped = false;
        while (end < text.length && text[end] != '"') {
            if (text[end] >= 0 && text[end] < ' ') {
                throw notJson();
            }
            isEscaped |= text[end] == '\\';
            end += text[end] == '\\' ? 2 : 1;
            if (end < text.length && text[end] >= 0) {
                end = PlainRun.end(text, end);
            }
        }
        if (end >= text.length) {
            throw notJson();
        }
        at = end + 1;
        String raw = new String(text, start, end - start, UTF_8);
        // Invalid UTF-8 always leaves a replacement character, but a valid text may contain one.
        if (raw.indexOf('\uFFFD') >= 0 && !raw.equals(Utf8.textOrNull(Arrays.copyOfRange(text, start, end)))) {
            throw new UnreadableValueException("bytes that are not UTF-8");
        }
        return isEscaped ? unescaped(raw) : raw;
    }

    /** Reads a string of plain ASCII as bytes; null, without reading, for other strings. */
    public byte @Nullable [] plainBytes() {
        int end = PlainRun.end(text, at + 1);
        if (peek() != '"' || end >= text.length || text[end] != '"') {
            return null;
        }
        byte[] bytes = Arrays.copyOfRange(text, at + 1, end);
        at = end + 1;
        return bytes;
    }

    private static String unescaped(String raw) throws UnreadableValueException {
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            c = raw.charAt(++i); // a backslash is never the last byte
            switch (c) {
                case '"', '\\', '/' -> plain.append(c);
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    int unit = 0;
                    for (int digit = 0; digit < 4; digit++) {
                        int value = ++i < raw.length() && raw.charAt(i) < 128 ? Character.digit(raw.charAt(i), 16) : -1;
                        if (value < 0) {
                            throw notJson();
                        }
                        unit = (unit << 4) | value;
                    }
                    plain.append((char) unit);
                }
                default -> throw notJson();
            }
        }
        return plain.toString();
    }

    /** Reads a string of at most {@code longest} characters. */
    public String text(int longest) throws UnreadableValueException {
        if (peek() != '"') {
            throw another();
        }
        String text = string();
        if (text.length() > longest) {
            throw otherShape();
        }
        return text;
    }

    /** Returns the bytes, which the caller must not change. */
    byte[] bytes() {
        return text;
    }

    /** Continues at {@code place}, up to which the caller has read. */
    void goOn(int place) {
        at = place;
    }

    /** Returns the position of the next byte. */
    int place() {
        return at;
    }

    /** Reads an integer within these bounds. */
    long whole(long least, long most) throws UnreadableValueException {
        boolean isShort = number();
        if (!isWhole) {
            throw otherShape();
        }
        long number = isShort ? digits : longOf(numberText());
        if (number < least || number > most) {
            throw otherShape();
        }
        return number;
    }

    private static long longOf(String number) throws UnreadableValueException {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw otherShape(); // more than 64 bits
        }
    }

    /**
     * Reads a number by the grammar of JSON. Returns true if it has at most 18 digits; {@link #digits} and {@link #scale} then
     * represent it fully, except for the sign of a zero.
     */
    boolean number() throws UnreadableValueException {
        byte c = peek();
        if (c != '-' && !isDigit(c)) {
            throw another();
        }
        numberStart = at;
        if (c == '-') {
            at++;
        }
        int first = at;
        long value = 0;
        if (peek() == '0') {
            at++;
        } else {
            value = digits(0);
        }
        int count = at - first;
        int point = at;
        scale = 0;
        if (peek() == '.') {
            at++;
            value = digits(value);
            scale = at - point - 1;
            count += scale;
        }
        digits = c == '-' ? -value : value;
        isWhole = scale == 0;
        if (peek() == 'e' || peek() == 'E') {
            at++;
            boolean isNegative = peek() == '-';
            if (isNegative || peek() == '+') {
                at++;
            }
            int power = at;
            long exponent = digits(0);
            if (at - power > JsonValidator.MAX_EXPONENT_DIGITS) {
                throw beyondBounds();
            }
            isWhole = false;
            scale += (int) (isNegative ? exponent : -exponent);
        }
        return count <= LONG_DIGITS;
    }

    /** Appends the following digits to {@code before}; the result is meaningless beyond 18 digits. */
    private long digits(long before) throws UnreadableValueException {
        int start = at;
        long value = before;
        while (isDigit(peek())) {
            value = 10 * value + text[at++] - '0';
        }
        if (at == start) {
            throw notJson();
        }
        if (at - start > JsonValidator.MAX_DIGITS) {
            throw beyondBounds();
        }
        return value;
    }

    /** Returns the digits of the last number as an integer, with its sign. */
    long digits() {
        return digits;
    }

    /** Tells whether the last number had neither a point nor an exponent. */
    boolean isWhole() {
        return isWhole;
    }

    /** Returns the number of fraction digits of the last number after applying its exponent. */
    int scale() {
        return scale;
    }

    /** Returns the text of the last number. */
    String numberText() {
        return new String(text, numberStart, at - numberStart, ISO_8859_1);
    }

    /** Returns an array for the components of a record. The caller must fill all elements. */
    public @Nullable Object[] components(int count) {
        @Nullable Object[] components = spare;
        if (components == null || components.length != count) {
            return new Object[count];
        }
        spare = null;
        return components;
    }

    /** Takes back {@code components} after the record was created. */
    void giveBack(@Nullable Object[] components) {
        spare = components;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    public static UnreadableValueException otherShape() {
        return new UnreadableValueException("another shape than the type's");
    }

    static UnreadableValueException notJson() {
        return new UnreadableValueException("not JSON");
    }

    private static UnreadableValueException beyondBounds() {
        return new UnreadableValueException("a number beyond all bounds");
    }
}
