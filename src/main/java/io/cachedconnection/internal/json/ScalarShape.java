package io.cachedconnection.internal.json;

import static java.util.Map.entry;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
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
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a single string, number or boolean.
 *
 * @param type its class, primitive or not
 * @param form its form in JSON
 */
record ScalarShape(Class<?> type, Form form) implements JsonShape {

    private static final int MAX_SHORT_TEXT = 256; // longer than any time with the longest zone name

    private static final Map<Class<?>, Form> FORMS = Map.ofEntries(
            entry(boolean.class, Form.TRUTH),
            entry(byte.class, Form.BYTE),
            entry(short.class, Form.SHORT),
            entry(int.class, Form.INT),
            entry(long.class, Form.LONG),
            entry(float.class, Form.FLOAT),
            entry(double.class, Form.DOUBLE),
            entry(char.class, Form.CHARACTER),
            entry(BigInteger.class, Form.BIG_WHOLE),
            entry(BigDecimal.class, Form.BIG),
            entry(String.class, Form.TEXT),
            entry(byte[].class, Form.TEXT), // in Base64
            entry(UUID.class, Form.SHORT_TEXT),
            entry(URI.class, Form.TEXT),
            entry(URL.class, Form.TEXT),
            entry(Instant.class, Form.SHORT_TEXT),
            entry(LocalDate.class, Form.SHORT_TEXT),
            entry(LocalTime.class, Form.SHORT_TEXT),
            entry(LocalDateTime.class, Form.SHORT_TEXT),
            entry(OffsetDateTime.class, Form.SHORT_TEXT),
            entry(OffsetTime.class, Form.SHORT_TEXT),
            entry(ZonedDateTime.class, Form.SHORT_TEXT),
            entry(Duration.class, Form.SHORT_TEXT),
            entry(Period.class, Form.SHORT_TEXT),
            entry(ZoneId.class, Form.SHORT_TEXT),
            entry(ZoneOffset.class, Form.SHORT_TEXT),
            entry(YearMonth.class, Form.WORD),
            entry(MonthDay.class, Form.WORD),
            entry(Year.class, Form.WORD),
            entry(Locale.class, Form.WORD),
            entry(Currency.class, Form.WORD));

    /** Returns the shape of {@code type}; null if it is not a scalar. */
    static @Nullable ScalarShape orNull(Class<?> type) {
        Form form = FORMS.get(MethodType.methodType(type).unwrap().returnType());
        if (form != null) {
            return new ScalarShape(type, form);
        }
        return type.isEnum() && !JsonbAnnotations.byJsonb(type) ? new ScalarShape(type, Form.TEXT) : null;
    }

    @Override
    public boolean holds(Object value) {
        return MethodType.methodType(type).wrap().returnType().isInstance(value);
    }

    @Override
    public boolean allowsNull() {
        return !type.isPrimitive();
    }

    @Override
    public boolean allowsBoolean() {
        return form == Form.TRUTH;
    }

    @Override
    public boolean allowsText(int length) {
        return switch (form) {
            case TEXT -> true;
            case SHORT_TEXT, WORD -> length <= MAX_SHORT_TEXT;
            case BIG, BIG_WHOLE -> length <= 2 * JsonValidator.MAX_DIGITS; // some providers write large numbers as text
            case CHARACTER -> length == 1;
            default -> false;
        };
    }

    @Override
    public boolean looksAtText() {
        return form == Form.BIG || form == Form.BIG_WHOLE;
    }

    /** Tells whether {@code name} can be a key of this type. */
    boolean allowsKey(String name) {
        return form == Form.TEXT
                || (name.length() <= 2 * JsonValidator.MAX_DIGITS
                        && (form == Form.SHORT_TEXT || form == Form.WORD || allowsText(name)));
    }

    /** Applies the limits for numbers to numbers in text. */
    @Override
    public boolean allowsText(String text) {
        return form == Form.BIG_WHOLE
                ? text.length() <= JsonValidator.MAX_DIGITS
                : JsonValidator.isNumberInBounds(text);
    }

    @Override
    public boolean allowsWhole(long number) {
        return form.fits(number);
    }

    @Override
    public boolean allowsNumber(String number) {
        return form.fits(number);
    }

    /** The form of a scalar in JSON. */
    enum Form {
        TRUTH,
        TEXT,
        SHORT_TEXT,
        WORD, // a short text that some providers do not accept as a map key
        CHARACTER,
        BYTE(Byte.MIN_VALUE, Byte.MAX_VALUE),
        SHORT(Short.MIN_VALUE, Short.MAX_VALUE),
        INT(Integer.MIN_VALUE, Integer.MAX_VALUE),
        LONG(Long.MIN_VALUE, Long.MAX_VALUE) {
            @Override
            boolean fits(String number) {
                try {
                    Long.parseLong(number);
                    return true;
                } catch (NumberFormatException e) {
                    return false; // a fraction, an exponent, or more than 64 bits
                }
            }
        },
        FLOAT(Long.MIN_VALUE, Long.MAX_VALUE) {
            @Override
            boolean fits(String number) {
                return isBelow(38, number) || Float.isFinite(Float.parseFloat(number));
            }
        },
        DOUBLE(Long.MIN_VALUE, Long.MAX_VALUE) {
            @Override
            boolean fits(String number) {
                return isBelow(308, number) || Double.isFinite(Double.parseDouble(number));
            }
        },
        BIG_WHOLE(Long.MIN_VALUE, Long.MAX_VALUE) {
            @Override
            boolean fits(String number) {
                return number.chars()
                        .noneMatch(c -> c == '.' || c == 'e' || c == 'E'); // some providers cut off the fraction
            }
        },
        BIG(Long.MIN_VALUE, Long.MAX_VALUE) {
            @Override
            boolean fits(String number) {
                return true;
            }
        };

        private final long least;
        private final long most;

        Form() {
            this(1, 0); // for values that are not numbers
        }

        Form(long least, long most) {
            this.least = least;
            this.most = most;
        }

        boolean fits(long number) {
            return number >= least && number <= most;
        }

        /** Checks a number that is not an integer or has many digits. */
        boolean fits(String number) {
            return false;
        }

        /** Tells whether the number has so few integer digits that it fits without slow parsing. */
        private static boolean isBelow(int digits, String number) {
            int point = number.indexOf('.');
            int power = Math.max(number.indexOf('e'), number.indexOf('E'));
            int end = power < 0 ? number.length() : power;
            int exponent = power < 0 ? 0 : Integer.parseInt(number, power + 1, number.length(), 10);
            return (point < 0 ? end : point) + exponent <= digits;
        }
    }
}
