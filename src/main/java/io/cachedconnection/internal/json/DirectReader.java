package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one JSON text on their way to an object, each looked at once. It keeps the rules of {@link JsonValidator}: the same
 * grammar, the same bounds, and the same words for what breaks them. For one thread, once.
 */
public final class DirectReader {

    private static final byte END = '\0'; // not allowed in JSON, so it needs no test of its own
    private static final int LONG_DIGITS = 18; // as many are always fewer than 64 bits

    private final byte[] text;
    private int at;
    private int elements;
    private boolean isUtf8; // all of the text is known to be
    private @Nullable Object @Nullable []
            spare; // what the last record was made of: the next one may have as many components

    // What the last number was; an object for each would be garbage.
    private long digits; // of a number that has at most 18, with its sign
    private int scale; // to be divided by so many powers of ten
    private boolean isWhole; // neither a point nor an exponent
    private int numberStart;

    public DirectReader(byte[] text) {
        this.text = text;
    }

    byte peek() {
        return at < text.length ? text[at] : END;
    }

    /** The byte that the next value begins with, after space. */
    byte first() {
        if (peek() <= ' ') { // nearly never, for nobody writes any
            for (byte c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) {
                at++;
            }
        }
        return peek();
    }

    /** Whether {@code c} comes next, after space; then it is passed. */
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

    /** Passes the character that a value of the type begins with. */
    public void begin(char c) throws UnreadableValueException {
        if (peek() != c) {
            throw another();
        }
        at++;
    }

    /** What is wrong where a value of the type does not begin: another one does, or none. */
    private UnreadableValueException another() {
        return peek() != END && "\"{[tfn-0123456789".indexOf(peek()) >= 0 ? otherShape() : notJson();
    }

    void end() throws UnreadableValueException {
        first();
        if (at < text.length) {
            throw new UnreadableValueException("something after the value");
        }
    }

    /** The depth of what an array or object at {@code depth} holds; to be asked for each, as all that is counted. */
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

    /** Passes {@code token}, if it comes next as it is. */
    boolean skip(byte[] token) {
        return skip(token, 0);
    }

    /** Passes {@code token} but for its first bytes, if that comes next as it is, after space. */
    boolean skip(byte[] token, int without) {
        first();
        int end = at + token.length - without;
        if (end > text.length || !Arrays.equals(text, at, end, token, without, token.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** The name of a member and the colon after it. */
    String name() throws UnreadableValueException {
        if (first() != '"') {
            throw notJson();
        }
        String name = string();
        expect(':');
        return name;
    }

    /** Passes a value that no type of the value's has a place for, by the rules for what is not known. */
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

    /** A string; whoever calls has seen that it begins here. */
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
        // Damage always leaves a replacement character, but so does a text that holds one.
        if (raw.indexOf('\uFFFD') >= 0 && !raw.equals(Utf8.textOrNull(Arrays.copyOfRange(text, start, end)))) {
            throw new UnreadableValueException("bytes that are not UTF-8");
        }
        return isEscaped ? unescaped(raw) : raw;
    }

    /** The bytes of a string that is plain ASCII; null if it is not, and then nothing is passed. */
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
            c = raw.charAt(++i); // a backslash is never the last one
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

    /** The text of a value that has at most {@code longest} characters. */
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

    /** The bytes, to be looked at only. */
    byte[] bytes() {
        return text;
    }

    /** Goes on at {@code place}, up to where whoever calls has read. */
    void goOn(int place) {
        at = place;
    }

    /** Where the next byte stands. */
    int place() {
        return at;
    }

    /** A whole number within these bounds. */
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
     * Passes a number by the grammar of JSON. True if it has at most 18 digits: then {@link #digits} and {@link #scale} are all of
     * it, but for the sign of a zero.
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

    /** Appends the digits that come next to {@code before}; what that gives has no meaning after more than 18. */
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

    /** The last number's digits as a whole, with its sign. */
    long digits() {
        return digits;
    }

    /** Whether the last number had neither a point nor an exponent. */
    boolean isWhole() {
        return isWhole;
    }

    /** How many of the last number's digits are behind its point, when its exponent has moved it. */
    int scale() {
        return scale;
    }

    /** The last number as it stands there. */
    String numberText() {
        return new String(text, numberStart, at - numberStart, ISO_8859_1);
    }

    /** An array to gather a record's components in; all of its places have to be filled. */
    public @Nullable Object[] components(int count) {
        @Nullable Object[] components = spare;
        if (components == null || components.length != count) {
            return new Object[count];
        }
        spare = null;
        return components;
    }

    /** Takes {@code components} back, of which the record has been made. */
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
