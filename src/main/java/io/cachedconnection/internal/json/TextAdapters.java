package io.cachedconnection.internal.json;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_TIME;
import static java.time.format.DateTimeFormatter.ISO_ZONED_DATE_TIME;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.adapter.JsonbAdapter;
import java.net.URI;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes JDK values like Yasson, for providers that write them otherwise or not at all. Public, because JSON-B providers
 * require it.
 */
public final class TextAdapters {

    private static final LocalTime FULL_HOUR = LocalTime.of(1, 0);

    private TextAdapters() {}

    /** Tells whether {@code provider} already writes these values correctly, so that no adapters are needed. */
    static boolean areWrittenBy(Jsonb provider) {
        return provider.toJson(FULL_HOUR, LocalTime.class).equals("\"01:00:00\"");
    }

    static JsonbAdapter<?, ?>[] adapters() {
        return new JsonbAdapter<?, ?>[] {
            new OfLocalTime(),
            new OfLocalDateTime(),
            new OfOffsetTime(),
            new OfOffsetDateTime(),
            new OfZonedDateTime(),
            new OfYearMonth(),
            new OfMonthDay(),
            new OfZoneId(),
            new OfURI()
        };
    }

    /** Returns adapters of types that Yasson writes as an object that it cannot read, and Johnzon as text or not at all. */
    static JsonbAdapter<?, ?>[] unread() {
        return new JsonbAdapter<?, ?>[] {new OfLocale(), new OfCurrency(), new OfYear()};
    }

    /** Values with a text that JDK methods create and parse. */
    private abstract static class ByText<T> implements JsonbAdapter<@Nullable T, @Nullable String> {

        private final Function<T, String> toText;
        private final Function<String, T> parse;

        ByText(Function<T, String> toText, Function<String, T> parse) {
            this.toText = toText;
            this.parse = parse;
        }

        @Override
        public @Nullable String adaptToJson(@Nullable T value) {
            return value == null ? null : toText.apply(value);
        }

        @Override
        public @Nullable T adaptFromJson(@Nullable String text) {
            return text == null ? null : parse.apply(text);
        }
    }

    /** Writes a language tag. */
    public static final class OfLocale extends ByText<Locale>
            implements JsonbAdapter<@Nullable Locale, @Nullable String> {
        OfLocale() {
            super(Locale::toLanguageTag, Locale::forLanguageTag);
        }
    }

    /** Writes the currency code. */
    public static final class OfCurrency extends ByText<Currency>
            implements JsonbAdapter<@Nullable Currency, @Nullable String> {
        OfCurrency() {
            super(Currency::getCurrencyCode, Currency::getInstance);
        }
    }

    /** Writes the text of {@code toString()}. */
    public static final class OfYear extends ByText<Year> implements JsonbAdapter<@Nullable Year, @Nullable String> {
        OfYear() {
            super(Year::toString, Year::parse);
        }
    }

    /** Always writes the seconds. */
    public static final class OfLocalTime extends ByText<LocalTime>
            implements JsonbAdapter<@Nullable LocalTime, @Nullable String> {
        OfLocalTime() {
            super(ISO_LOCAL_TIME::format, LocalTime::parse);
        }
    }

    /** Always writes the seconds. */
    public static final class OfLocalDateTime extends ByText<LocalDateTime>
            implements JsonbAdapter<@Nullable LocalDateTime, @Nullable String> {
        OfLocalDateTime() {
            super(ISO_LOCAL_DATE_TIME::format, LocalDateTime::parse);
        }
    }

    /** Always writes the seconds. */
    public static final class OfOffsetTime extends ByText<OffsetTime>
            implements JsonbAdapter<@Nullable OffsetTime, @Nullable String> {
        OfOffsetTime() {
            super(ISO_OFFSET_TIME::format, OffsetTime::parse);
        }
    }

    /** Always writes the seconds. */
    public static final class OfOffsetDateTime extends ByText<OffsetDateTime>
            implements JsonbAdapter<@Nullable OffsetDateTime, @Nullable String> {
        OfOffsetDateTime() {
            super(ISO_OFFSET_DATE_TIME::format, OffsetDateTime::parse);
        }
    }

    /** Always writes the seconds. */
    public static final class OfZonedDateTime extends ByText<ZonedDateTime>
            implements JsonbAdapter<@Nullable ZonedDateTime, @Nullable String> {
        OfZonedDateTime() {
            super(ISO_ZONED_DATE_TIME::format, ZonedDateTime::parse);
        }
    }

    /** Writes the text of {@code toString()}. */
    public static final class OfYearMonth extends ByText<YearMonth>
            implements JsonbAdapter<@Nullable YearMonth, @Nullable String> {
        OfYearMonth() {
            super(YearMonth::toString, YearMonth::parse);
        }
    }

    /** Writes the text of {@code toString()}. */
    public static final class OfMonthDay extends ByText<MonthDay>
            implements JsonbAdapter<@Nullable MonthDay, @Nullable String> {
        OfMonthDay() {
            super(MonthDay::toString, MonthDay::parse);
        }
    }

    /** Writes the text of {@code toString()}. */
    public static final class OfZoneId extends ByText<ZoneId>
            implements JsonbAdapter<@Nullable ZoneId, @Nullable String> {
        OfZoneId() {
            super(ZoneId::toString, ZoneId::of);
        }
    }

    /** Writes the text of {@code toString()}. */
    public static final class OfURI extends ByText<URI> implements JsonbAdapter<@Nullable URI, @Nullable String> {
        OfURI() {
            super(URI::toString, URI::create);
        }
    }
}
