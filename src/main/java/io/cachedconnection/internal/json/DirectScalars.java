package io.cachedconnection.internal.json;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_TIME;
import static java.time.format.DateTimeFormatter.ISO_ZONED_DATE_TIME;
import static java.util.Map.entry;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes strings, numbers and booleans directly. */
public final class DirectScalars {

    private static final int LIKELY_TOKEN = 16;

    private static final Map<Class<?>, DirectType> TYPES = Map.ofEntries(
            entry(boolean.class, new Truth(false)),
            entry(Boolean.class, new Truth(true)),
            entry(byte.class, new Whole(Byte.class, false, Byte.MIN_VALUE, Byte.MAX_VALUE)),
            entry(Byte.class, new Whole(Byte.class, true, Byte.MIN_VALUE, Byte.MAX_VALUE)),
            entry(short.class, new Whole(Short.class, false, Short.MIN_VALUE, Short.MAX_VALUE)),
            entry(Short.class, new Whole(Short.class, true, Short.MIN_VALUE, Short.MAX_VALUE)),
            entry(int.class, new Whole(Integer.class, false, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            entry(Integer.class, new Whole(Integer.class, true, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            entry(long.class, new Whole(Long.class, false, Long.MIN_VALUE, Long.MAX_VALUE)),
            entry(Long.class, new Whole(Long.class, true, Long.MIN_VALUE, Long.MAX_VALUE)),
            entry(float.class, new Single(false)),
            entry(Float.class, new Single(true)),
            entry(double.class, new Fraction(false)),
            entry(Double.class, new Fraction(true)),
            entry(char.class, new Letter(false)),
            entry(Character.class, new Letter(true)),
            entry(String.class, new Text()),
            entry(byte[].class, new Bytes()),
            entry(BigDecimal.class, new Decimal()),
            entry(BigInteger.class, new LargeWhole()),
            entry(UUID.class, new Id(false)),
            entry(Instant.class, new DirectTimes.Moment()),
            entry(LocalDate.class, new DirectTimes.Day()),
            entry(LocalDateTime.class, new DirectTimes.DayAndTime()),
            entry(LocalTime.class, new Words<>(LocalTime.class, ISO_LOCAL_TIME::format, LocalTime::parse)),
            entry(
                    OffsetDateTime.class,
                    new Words<>(OffsetDateTime.class, ISO_OFFSET_DATE_TIME::format, OffsetDateTime::parse)),
            entry(OffsetTime.class, new Words<>(OffsetTime.class, ISO_OFFSET_TIME::format, OffsetTime::parse)),
            entry(
                    ZonedDateTime.class,
                    new Words<>(ZonedDateTime.class, ISO_ZONED_DATE_TIME::format, ZonedDateTime::parse)),
            entry(Duration.class, new Words<>(Duration.class, Duration::toString, Duration::parse)),
            entry(Period.class, new Words<>(Period.class, Period::toString, Period::parse)),
            entry(YearMonth.class, new Words<>(YearMonth.class, YearMonth::toString, DirectScalars::month)),
            entry(MonthDay.class, new Words<>(MonthDay.class, MonthDay::toString, MonthDay::parse)),
            entry(Year.class, new Words<>(Year.class, Year::toString, Year::parse)),
            entry(ZoneId.class, new Words<>(ZoneId.class, ZoneId::getId, ZoneId::of)),
            entry(ZoneOffset.class, new Words<>(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of)),
            entry(URI.class, new Words<>(URI.class, Integer.MAX_VALUE, URI::toString, URI::create)));

    private DirectScalars() {}

    /** Returns the format of {@code type}; null if it is not a scalar. */
    static @Nullable DirectType orNull(Class<?> type) {
        return type.isEnum() ? new Constant(type, Enum::name) : TYPES.get(type);
    }

    /** Tells whether values of {@code type} are comparable scalars, which hash collisions cannot slow down in a set. */
    static boolean isScalar(DirectType type) {
        return type instanceof Constant || TYPES.containsValue(type);
    }

    /** Returns the format of a JDK scalar. */
    public static DirectType known(Class<?> type) {
        return Objects.requireNonNull(TYPES.get(type));
    }

    /** Returns the format of an enum whose constants have custom names. */
    public static <E extends Enum<E>> DirectType constants(Class<E> type, Function<E, String> name) {
        return new Constant(type, constant -> name.apply(type.cast(constant)));
    }

    /** Rejects years before 1, which Yasson reads without their sign. */
    private static YearMonth month(String text) {
        YearMonth month = YearMonth.parse(text);
        if (month.getYear() < 1) {
            throw new DateTimeException("a year before the first");
        }
        return month;
    }

    /** Returns a quoted JSON token. */
    static byte[] quoted(String text) {
        DirectWriter out = new DirectWriter(LIKELY_TOKEN);
        out.string(text);
        return out.toBytes();
    }

    /** A scalar that may be primitive and then has no null. */
    private abstract static class Simple extends DirectType {

        private final boolean allowsNull;

        Simple(boolean allowsNull) {
            this.allowsNull = allowsNull;
        }

        @Override
        final @Nullable Object ofNull() throws UnreadableValueException {
            if (!allowsNull) {
                throw DirectReader.otherShape();
            }
            return null;
        }
    }

    private static final class Truth extends Simple {

        Truth(boolean allowsNull) {
            super(allowsNull);
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            return in.truth();
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.ascii(checked(Boolean.class, value) ? "true" : "false");
        }
    }

    private static final class Whole extends Simple {

        private final long least;
        private final long most;
        private final Class<?> type; // the boxed class

        Whole(Class<?> type, boolean allowsNull, long least, long most) {
            super(allowsNull);
            this.type = type;
            this.least = least;
            this.most = most;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            long number = in.whole(least, most);
            if (type == Integer.class) {
                return (int) number;
            }
            if (type == Long.class) {
                return number;
            }
            return type == Short.class ? (Object) (short) number : (Object) (byte) number;
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.number(((Number) checked(type, value)).longValue());
        }
    }

    /** A double. */
    static final class Fraction extends Simple {

        private static final long MOST_EXACT = 1L << 53;
        private static final double[] POWERS = {
            1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
            1e20, 1e21, 1e22
        };

        Fraction(boolean allowsNull) {
            super(allowsNull);
        }

        static double read(DirectReader in) throws UnreadableValueException {
            long digits = in.number() ? in.digits() : 0;
            int scale = in.scale();
            if (digits != 0 && Math.abs(digits) <= MOST_EXACT && Math.abs(scale) < POWERS.length) {
                // Both operands are exact, so this rounds once, like parsing.
                return scale < 0 ? digits * POWERS[-scale] : digits / POWERS[scale];
            }
            double number = Double.parseDouble(in.numberText());
            if (!Double.isFinite(number)) {
                throw DirectReader.otherShape();
            }
            return number;
        }

        static void write(double number, DirectWriter out) {
            if (!Double.isFinite(number) || Double.doubleToRawLongBits(number) == Long.MIN_VALUE) {
                throw DirectWriter.notDirect(); // negative zero, which some providers read without its sign
            }
            out.ascii(Double.toString(number));
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            return read(in);
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            write(checked(Double.class, value), out);
        }
    }

    private static final class Single extends Simple {

        private static final long MOST_EXACT = 1L << 24;
        private static final float[] POWERS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};

        Single(boolean allowsNull) {
            super(allowsNull);
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            long digits = in.number() ? in.digits() : 0;
            int scale = in.scale();
            boolean isExact = digits != 0 && Math.abs(digits) <= MOST_EXACT && scale >= 0 && scale < POWERS.length;
            float number = isExact ? digits / POWERS[scale] : Float.parseFloat(in.numberText());
            if (!Float.isFinite(number)) {
                throw DirectReader.otherShape();
            }
            return number;
        }

        /** Converts through a decimal number like JSON-B, which has no negative zero. */
        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            Float number = checked(Float.class, value);
            if (!Float.isFinite(number) || number.equals(-0f)) {
                throw DirectWriter.notDirect();
            }
            out.ascii(new BigDecimal(number.toString()).toString());
        }
    }

    private static final class Letter extends Simple {

        Letter(boolean allowsNull) {
            super(allowsNull);
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            String text = in.text(1);
            if (text.isEmpty()) {
                throw DirectReader.otherShape();
            }
            return text.charAt(0);
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.string(checked(Character.class, value).toString());
        }
    }

    private static final class Text extends DirectType {

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            return in.text(Integer.MAX_VALUE);
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.string(checked(String.class, value));
        }
    }

    private static final class Bytes extends DirectType {

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            return Base64.getDecoder().decode(in.text(Integer.MAX_VALUE));
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.string(Base64.getEncoder().encodeToString(checked(byte[].class, value)));
        }
    }

    private static final class Decimal extends DirectType {

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            if (in.peek() == '"') { // some providers write large numbers as strings
                String text = in.text(2 * JsonValidator.MAX_DIGITS);
                if (!JsonValidator.isNumberInBounds(text)) {
                    throw DirectReader.otherShape();
                }
                return new BigDecimal(text);
            }
            return in.number() ? BigDecimal.valueOf(in.digits(), in.scale()) : new BigDecimal(in.numberText());
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.ascii(checked(BigDecimal.class, value).toString());
        }
    }

    private static final class LargeWhole extends DirectType {

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            if (in.peek() == '"') {
                return new BigInteger(in.text(JsonValidator.MAX_DIGITS));
            }
            boolean isShort = in.number();
            if (!in.isWhole()) {
                throw DirectReader.otherShape();
            }
            return isShort ? BigInteger.valueOf(in.digits()) : new BigInteger(in.numberText());
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.ascii(checked(BigInteger.class, value).toString());
        }
    }

    /** An enum constant. JSON-B uses its name, not its text. */
    private static final class Constant extends DirectType {

        private static final int FEW = 16;

        private final Class<?> type;
        private final Enum<?>[] constants;
        private final byte[][] tokens;
        private final Map<String, Enum<?>> byName = new HashMap<>();

        Constant(Class<?> type, Function<Enum<?>, String> name) {
            this.type = type;
            this.constants = (Enum<?>[]) type.getEnumConstants();
            this.tokens = Arrays.stream(constants)
                    .map(constant -> quoted(name.apply(constant)))
                    .toArray(byte[][]::new);
            for (Enum<?> constant : constants) {
                byName.put(name.apply(constant), constant);
            }
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            for (int i = 0; i < tokens.length && i < FEW; i++) {
                if (in.skip(tokens[i])) {
                    return constants[i];
                }
            }
            Enum<?> constant = byName.get(in.text(Integer.MAX_VALUE));
            if (constant == null) {
                throw DirectReader.otherShape();
            }
            return constant;
        }

        @Override
        @SuppressWarnings("EnumOrdinal") // only the name leaves the process
        protected void writeValue(Object value, DirectWriter out, int depth) {
            if (!(value instanceof Enum<?> constant) || constant.getDeclaringClass() != type) {
                throw DirectWriter.notDirect();
            }
            out.raw(tokens[constant.ordinal()]);
        }
    }

    /** A value with a text that JDK methods create and parse. */
    private static final class Words<T> extends DirectType {

        private final Class<T> type;
        private final int longest;
        private final Function<T, String> writing;
        private final Function<String, T> reading;

        Words(Class<T> type, Function<T, String> writing, Function<String, T> reading) {
            this(type, SHORT_TEXT, writing, reading);
        }

        Words(Class<T> type, int longest, Function<T, String> writing, Function<String, T> reading) {
            this.type = type;
            this.longest = longest;
            this.writing = writing;
            this.reading = reading;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            return reading.apply(in.text(longest));
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.string(writing.apply(type.cast(value)));
        }
    }

    /** A UUID in hexadecimal. */
    public static final class Id extends DirectType {

        private static final int LENGTH = 36;
        private static final byte[] DIGITS = new byte[128];

        static {
            for (int i = 0; i < DIGITS.length; i++) {
                DIGITS[i] = (byte) Character.digit(i, 16); // negative for other characters
            }
        }

        private final boolean isInFull;

        /** {@code isInFull} requires all 36 characters; the JDK pads short groups with zeros. */
        public Id(boolean isInFull) {
            this.isInFull = isInFull;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            byte[] text = in.bytes();
            int start = in.place() + 1;
            int end = start + LENGTH;
            if (in.peek() == '"'
                    && end < text.length
                    && text[end] == '"'
                    && (text[start + 8] & text[start + 13] & text[start + 18] & text[start + 23]) == '-'
                    && (text[start + 8] | text[start + 13] | text[start + 18] | text[start + 23]) == '-') {
                long one = hex(text, start, 8);
                long two = hex(text, start + 9, 4);
                long three = hex(text, start + 14, 4);
                long four = hex(text, start + 19, 4);
                long five = hex(text, start + 24, 12);
                if ((one | two | three | four | five) >= 0) {
                    in.goOn(end + 1);
                    return new UUID((one << 32) | (two << 16) | three, (four << 48) | five);
                }
            }
            String other = in.text(SHORT_TEXT);
            if (isInFull && other.length() != LENGTH) {
                throw DirectReader.otherShape();
            }
            return UUID.fromString(other);
        }

        /** Returns a negative number for invalid digits. */
        private static long hex(byte[] text, int start, int digits) {
            long number = 0;
            int wrong = 0;
            for (int i = start; i < start + digits; i++) {
                int digit = text[i] < 0 ? -1 : DIGITS[text[i]];
                wrong |= digit;
                number = (number << 4) | (digit & 15);
            }
            return wrong < 0 ? -1 : number;
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            UUID id = checked(UUID.class, value);
            long high = id.getMostSignificantBits();
            long low = id.getLeastSignificantBits();
            out.ascii('"');
            out.hex(high, 64, 8);
            out.ascii('-');
            out.hex(high, 32, 4);
            out.ascii('-');
            out.hex(high, 16, 4);
            out.ascii('-');
            out.hex(low, 64, 4);
            out.ascii('-');
            out.hex(low, 48, 12);
            out.ascii('"');
        }
    }
}
