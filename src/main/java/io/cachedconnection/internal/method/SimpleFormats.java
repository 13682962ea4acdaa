package io.cachedconnection.internal.method;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
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
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The formats of one-word values. */
final class SimpleFormats {

    /** The date types whose moment is their whole state; another subclass may have more state. */
    private static final Set<String> DATES =
            Set.of("java.util.Date", "java.sql.Timestamp", "java.sql.Date", "java.sql.Time");

    /** The maximum number of digits before or after the point in plain notation, so that no exponent makes a long text. */
    private static final int MOST_PLACES = 40;

    private static final Map<Class<?>, PartFormat> FORMATS = formats();

    private SimpleFormats() {}

    /** Returns the format of {@code type}; null if its values are not one word. */
    static @Nullable PartFormat of(Class<?> type) {
        if (type.isEnum()) {
            PartKind kind = new PartKind(Texts.ENUM, type, List.of());
            return new PartFormat.WordFormat(kind, true, value -> PartText.of(((Enum<?>) value).name()));
        }
        return DATES.contains(type.getName())
                ? new PartFormat.WordFormat(PartKind.of(Texts.INSTANT), false, value -> moment((Date) value))
                : FORMATS.get(boxed(type));
    }

    private static Map<Class<?>, PartFormat> formats() {
        Map<Class<?>, PartFormat> formats = new HashMap<>();
        // Their toString is specified, distinguishes all values and needs no encoding.
        for (Class<?> number : List.of(Byte.class, Short.class, Integer.class, Long.class, Year.class)) {
            formats.put(number, word(Texts.NUMBER, Object::toString));
        }
        formats.put(UUID.class, word(Texts.UUID, Object::toString));
        formats.put(Boolean.class, word(Texts.TRUTH, Object::toString));
        formats.put(LocalDate.class, word(Texts.DATE, Object::toString));
        formats.put(YearMonth.class, word(Texts.YEAR_MONTH, Object::toString));
        formats.put(MonthDay.class, word(Texts.MONTH_DAY, Object::toString));
        formats.put(Duration.class, word(Texts.DURATION, Object::toString));
        formats.put(Period.class, word(Texts.PERIOD, Object::toString));
        formats.put(Currency.class, word(Texts.CURRENCY, Object::toString));
        // Their toString is specified and distinguishes all values.
        formats.put(String.class, encoded(Texts.TEXT));
        formats.put(Character.class, encoded(Texts.TEXT));
        formats.put(LocalTime.class, encoded(Texts.TIME));
        formats.put(LocalDateTime.class, encoded(Texts.DATE_TIME));
        formats.put(Instant.class, encoded(Texts.INSTANT));
        formats.put(OffsetDateTime.class, encoded(Texts.OFFSET_DATE_TIME));
        formats.put(OffsetTime.class, encoded(Texts.OFFSET_TIME));
        formats.put(ZonedDateTime.class, encoded(Texts.ZONED_DATE_TIME));
        formats.put(ZoneId.class, encoded(Texts.ZONE));
        formats.put(ZoneOffset.class, encoded(Texts.ZONE));

        formats.put(Locale.class, word(Texts.LOCALE, value -> locale((Locale) value)));
        formats.put(Float.class, word(Texts.SINGLE, value -> floating(((Float) value).doubleValue())));
        formats.put(Double.class, word(Texts.FLOATING, value -> floating((Double) value)));
        // Both can be extended, so their texts are made at once.
        formats.put(
                BigInteger.class,
                new PartFormat.WordFormat(PartKind.of(Texts.NUMBER), false, value -> ((BigInteger) value).toString()));
        formats.put(
                BigDecimal.class,
                new PartFormat.WordFormat(PartKind.of(Texts.DECIMAL), false, value -> decimal((BigDecimal) value)));
        return Map.copyOf(formats);
    }

    private static PartFormat word(Texts texts, Function<Object, String> words) {
        return new PartFormat.WordFormat(PartKind.of(texts), true, words);
    }

    private static PartFormat encoded(Texts texts) {
        return word(texts, value -> PartText.of(value.toString()));
    }

    /** Returns one text for all representations of a value: 1, 1.0 and 1E0. */
    private static String decimal(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isShort = Math.abs((long) shortest.scale()) <= MOST_PLACES;
        return isShort ? shortest.toPlainString() : shortest.toString();
    }

    /**
     * Returns the shortest decimal number that reads as {@code number}. Not {@link Double#toString(double)}, which changed in
     * JDK 19. Zero has no sign, because it equals negative zero.
     */
    private static String floating(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal exact = new BigDecimal(number);
        BigDecimal rounded = exact;
        for (int digits = 15; digits <= 17; digits++) { // 17 digits distinguish all numbers
            rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                break;
            }
        }
        return decimal(rounded);
    }

    /** Returns the moment, equal for all date types. {@code java.sql.Date} refuses {@code toInstant}. */
    @SuppressWarnings("JavaUtilDate") // applications use it
    private static String moment(Date date) {
        boolean isTimestamp = date.getClass().getName().equals("java.sql.Timestamp");
        Instant instant = isTimestamp ? date.toInstant() : Instant.ofEpochMilli(date.getTime());
        return PartText.of(instant.toString());
    }

    /** Returns the language tag if it describes the whole locale, because toString does not distinguish all locales. */
    private static String locale(Locale locale) {
        String tag = locale.toLanguageTag();
        if (Locale.forLanguageTag(tag).equals(locale)) {
            return PartText.of(tag);
        }
        String extensions = locale.getExtensionKeys().stream()
                .sorted()
                .map(key -> key + "-" + locale.getExtension(key))
                .collect(Collectors.joining("-"));
        return PartText.marked(List.of(
                locale.getLanguage(), locale.getScript(), locale.getCountry(), locale.getVariant(), extensions));
    }

    static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
