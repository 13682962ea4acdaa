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
import org.jspecify.annotations.Nullable;

/**
 * Values of the JDK as Yasson writes them, for providers that write them otherwise, or not at all. Public because JSON-B
 * providers ask for it.
 */
public final class Texts {

    private static final LocalTime FULL_HOUR = LocalTime.of(1, 0);

    private Texts() {}

    /** Whether {@code provider} writes such values by itself as it should; then nothing is put in its way. */
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

    /** For what Yasson writes as an object that it cannot read, and Johnzon as text or not at all. */
    static JsonbAdapter<?, ?>[] unread() {
        return new JsonbAdapter<?, ?>[] {new OfLocale(), new OfCurrency(), new OfYear()};
    }

    /** As a language tag. */
    public static final class OfLocale implements JsonbAdapter<@Nullable Locale, @Nullable String> {
        @Override
        public @Nullable String adaptToJson(@Nullable Locale value) {
            return value == null ? null : value.toLanguageTag();
        }

        @Override
        public @Nullable Locale adaptFromJson(@Nullable String text) {
            return text == null ? null : Locale.forLanguageTag(text);
        }
    }

    /** By its code. */
    public static final class OfCurrency implements JsonbAdapter<@Nullable Currency, @Nullable String> {
        @Override
        public @Nullable String adaptToJson(@Nullable Currency value) {
            return value == null ? null : value.getCurrencyCode();
        }

        @Override
        public @Nullable Currency adaptFromJson(@Nullable String text) {
            return text == null ? null : Currency.getInstance(text);
        }
    }

    /** As it says itself. */
    public static final class OfYear implements JsonbAdapter<@Nullable Year, @Nullable String> {
        @Override
        public @Nullable String adaptToJson(@Nullable Year value) {
            return value == null ? null : value.toString();
        }

        @Override
        public @Nullable Year adaptFromJson(@Nullable String text) {
            return text == null ? null : Year.parse(text);
        }
    }

    /** With its seconds, be they zero or not. */
    public static final class OfLocalTime implements JsonbAdapter<LocalTime, String> {
        @Override
        public String adaptToJson(LocalTime value) {
            return ISO_LOCAL_TIME.format(value);
        }

        @Override
        public LocalTime adaptFromJson(String text) {
            return LocalTime.parse(text);
        }
    }

    /** With its seconds, be they zero or not. */
    public static final class OfLocalDateTime implements JsonbAdapter<LocalDateTime, String> {
        @Override
        public String adaptToJson(LocalDateTime value) {
            return ISO_LOCAL_DATE_TIME.format(value);
        }

        @Override
        public LocalDateTime adaptFromJson(String text) {
            return LocalDateTime.parse(text);
        }
    }

    /** With its seconds, be they zero or not. */
    public static final class OfOffsetTime implements JsonbAdapter<OffsetTime, String> {
        @Override
        public String adaptToJson(OffsetTime value) {
            return ISO_OFFSET_TIME.format(value);
        }

        @Override
        public OffsetTime adaptFromJson(String text) {
            return OffsetTime.parse(text);
        }
    }

    /** With its seconds, be they zero or not. */
    public static final class OfOffsetDateTime implements JsonbAdapter<OffsetDateTime, String> {
        @Override
        public String adaptToJson(OffsetDateTime value) {
            return ISO_OFFSET_DATE_TIME.format(value);
        }

        @Override
        public OffsetDateTime adaptFromJson(String text) {
            return OffsetDateTime.parse(text);
        }
    }

    /** With its seconds, be they zero or not. */
    public static final class OfZonedDateTime implements JsonbAdapter<ZonedDateTime, String> {
        @Override
        public String adaptToJson(ZonedDateTime value) {
            return ISO_ZONED_DATE_TIME.format(value);
        }

        @Override
        public ZonedDateTime adaptFromJson(String text) {
            return ZonedDateTime.parse(text);
        }
    }

    /** As it says itself. */
    public static final class OfYearMonth implements JsonbAdapter<YearMonth, String> {
        @Override
        public String adaptToJson(YearMonth value) {
            return value.toString();
        }

        @Override
        public YearMonth adaptFromJson(String text) {
            return YearMonth.parse(text);
        }
    }

    /** As it says itself. */
    public static final class OfMonthDay implements JsonbAdapter<MonthDay, String> {
        @Override
        public String adaptToJson(MonthDay value) {
            return value.toString();
        }

        @Override
        public MonthDay adaptFromJson(String text) {
            return MonthDay.parse(text);
        }
    }

    /** As it says itself. */
    public static final class OfZoneId implements JsonbAdapter<ZoneId, String> {
        @Override
        public String adaptToJson(ZoneId value) {
            return value.toString();
        }

        @Override
        public ZoneId adaptFromJson(String text) {
            return ZoneId.of(text);
        }
    }

    /** As it says itself. */
    public static final class OfURI implements JsonbAdapter<URI, String> {
        @Override
        public String adaptToJson(URI value) {
            return value.toString();
        }

        @Override
        public URI adaptFromJson(String text) {
            return URI.create(text);
        }
    }
}
