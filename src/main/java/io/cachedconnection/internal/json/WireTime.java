package io.cachedconnection.internal.json;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.OFFSET_SECONDS;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import jakarta.json.stream.JsonGenerator;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as Python's {@code datetime.isoformat()} writes them. */
final class WireTime {

    // Python knows the years 1 to 9999 only.
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_PER_MICRO = 1_000;

    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .appendValue(YEAR, 4)
            .appendLiteral('-')
            .appendValue(MONTH_OF_YEAR, 2)
            .appendLiteral('-')
            .appendValue(DAY_OF_MONTH, 2)
            .appendLiteral('T')
            .appendValue(HOUR_OF_DAY, 2)
            .appendLiteral(':')
            .appendValue(MINUTE_OF_HOUR, 2)
            .appendLiteral(':')
            .appendValue(SECOND_OF_MINUTE, 2)
            .optionalStart()
            .appendFraction(NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .parseDefaulting(OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private WireTime() {}

    /** Six fraction digits, or none if they would be zeros; finer parts of a second are cut off. */
    static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new DateTimeException("A year that the wire format does not have.");
        }
        StringBuilder text = new StringBuilder(32).append(time.toLocalDate()).append('T');
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        digits(text, time.getSecond(), 2);
        int micros = time.getNano() / NANOS_PER_MICRO;
        if (micros > 0) {
            digits(text.append('.'), micros, 6);
        }
        return text.append("+00:00").toString();
    }

    /** Reads what {@link #text} writes, up to nine fraction digits, and any offset; without one the time is UTC. */
    static Instant instant(String text) {
        Instant instant = READ.parse(text, Instant::from);
        if (text.startsWith("0000")) {
            throw new DateTimeException("A year that the wire format does not have.");
        }
        return instant;
    }

    static @Nullable Instant instantOrNull(@Nullable String text) {
        return text == null ? null : instant(text);
    }

    static void write(JsonGenerator json, String name, @Nullable Instant instant) {
        if (instant == null) {
            json.writeNull(name);
        } else {
            json.write(name, text(instant));
        }
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        return text.append("0".repeat(width - digits.length())).append(digits);
    }
}
