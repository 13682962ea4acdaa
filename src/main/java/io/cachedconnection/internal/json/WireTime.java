package io.cachedconnection.internal.json;

import jakarta.json.stream.JsonGenerator;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Instants as Python's {@code datetime.isoformat()} writes them. Read by hand, because five of them stand in one
 * connection: with a {@code DateTimeFormatter} they took more time than all the rest of it.
 */
final class WireTime {

    // Python knows the years 1 to 9999 only.
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_PER_MICRO = 1_000;

    private static final int SECONDS_END = "2024-01-02T03:04:05".length();
    private static final int NANO_DIGITS = 9;
    private static final int MINUTES_OFFSET = "+00:00".length();
    private static final int SECONDS_OFFSET = "+00:00:00".length();

    private WireTime() {}

    /** Six fraction digits, or none if they would be zeros; finer parts of a second are cut off. */
    static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw refused();
        }
        StringBuilder text = new StringBuilder(32).append(time.toLocalDate()).append('T');
        append(text, time.getHour(), 2).append(':');
        append(text, time.getMinute(), 2).append(':');
        append(text, time.getSecond(), 2);
        int micros = time.getNano() / NANOS_PER_MICRO;
        if (micros > 0) {
            append(text.append('.'), micros, 6);
        }
        return text.append("+00:00").toString();
    }

    /** Reads what {@link #text} writes, from one to nine fraction digits, and any offset; without one the time is UTC. */
    static Instant instant(String text) {
        if (text.length() < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw refused();
        }
        int fractionEnd = fractionEnd(text);
        return LocalDateTime.of(
                        year(text),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, SECONDS_END),
                        nanos(text, fractionEnd))
                .toInstant(offset(text.substring(fractionEnd)));
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

    private static int year(String text) {
        int year = number(text, 0, 4);
        if (year < FIRST_YEAR) {
            throw refused();
        }
        return year;
    }

    private static int fractionEnd(String text) {
        int end = SECONDS_END;
        if (end < text.length() && text.charAt(end) == '.') {
            end++;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static int nanos(String text, int end) {
        if (end == SECONDS_END) {
            return 0;
        }
        int digits = end - SECONDS_END - 1;
        if (digits < 1 || digits > NANO_DIGITS) {
            throw refused();
        }
        int nanos = number(text, SECONDS_END + 1, end);
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static ZoneOffset offset(String text) {
        if (text.isEmpty() || text.equals("+00:00") || text.equals("Z")) {
            return ZoneOffset.UTC;
        }
        if (text.length() != MINUTES_OFFSET && text.length() != SECONDS_OFFSET) {
            throw refused();
        }
        return ZoneOffset.of(text);
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                throw refused();
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static StringBuilder append(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        return text.append("0".repeat(width - digits.length())).append(digits);
    }

    private static DateTimeException refused() {
        return new DateTimeException("Not a time of the wire format.");
    }
}
