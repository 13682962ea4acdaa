package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes dates and times in their usual form, {@code 2024-01-02T03:04:05.123}, digit by digit. The JDK handles other
 * forms.
 */
public final class DirectTimes {

    public static final long SECONDS_OF_DAY = 86_400;

    static final int DATE = "2024-01-02".length();
    static final int SECONDS = "2024-01-02T03:04:05".length();
    private static final int MOST_DIGITS = 9;
    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private DirectTimes() {}

    /** Returns the two digits at {@code at}; a large negative number for other characters. */
    static int two(byte[] text, int at) {
        int high = text[at] - '0';
        int low = text[at + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -10_000 : 10 * high + low;
    }

    /** Returns the date at {@code at}; null if it is not in the usual form. */
    static @Nullable LocalDate date(byte[] text, int at) {
        int year = 100 * two(text, at) + two(text, at + 2);
        int month = two(text, at + 5);
        int day = two(text, at + 8);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || text[at + 4] != '-' || text[at + 7] != '-') {
            return null;
        }
        return day > 28 && day > YearMonth.of(year, month).lengthOfMonth() ? null : LocalDate.of(year, month, day);
    }

    /** Returns the second of the day at {@code at}; negative if there is no time in the usual form. */
    static int second(byte[] text, int at) {
        int hour = two(text, at);
        int minute = two(text, at + 3);
        int second = two(text, at + 6);
        boolean isOne = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return isOne && text[at + 2] == ':' && text[at + 5] == ':' ? 3600 * hour + 60 * minute + second : -1;
    }

    /** Returns the number of fraction digits after a point at {@code at}; negative if there is none. */
    static int fraction(byte[] text, int at) {
        int end = at + 1;
        while (end < text.length && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        int digits = end - at - 1;
        return digits < 1 || digits > MOST_DIGITS ? -1 : digits;
    }

    static int nanos(byte[] text, int start, int digits) {
        int nanos = 0;
        for (int i = start; i < start + digits; i++) {
            nanos = 10 * nanos + text[i] - '0';
        }
        return digits == 0 ? 0 : nanos * POWERS[MOST_DIGITS - digits];
    }

    public static void writeDate(LocalDate date, DirectWriter out) {
        out.padded(date.getYear(), 4);
        out.ascii('-');
        out.padded(date.getMonthValue(), 2);
        out.ascii('-');
        out.padded(date.getDayOfMonth(), 2);
    }

    public static void writeTime(int second, DirectWriter out) {
        out.ascii('T');
        out.padded(second / 3600, 2);
        out.ascii(':');
        out.padded(second / 60 % 60, 2);
        out.ascii(':');
        out.padded(second % 60, 2);
    }

    public static void check(LocalDate date) {
        if (date.getYear() < 0 || date.getYear() > 9999) {
            throw DirectWriter.notDirect();
        }
    }

    /** A date and time in the usual form with a suffix. The JDK handles other forms. */
    public abstract static class Timed extends DirectType {

        private final byte[] ending;

        protected Timed(String ending) {
            this.ending = ending.getBytes(US_ASCII);
        }

        @Override
        protected final Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            byte[] text = in.bytes();
            int start = in.place() + 1;
            int end = start + SECONDS;
            if (in.peek() == '"' && end < text.length && text[start + DATE] == 'T') {
                LocalDate date = date(text, start);
                int second = second(text, start + DATE + 1);
                int digits = text[end] == '.' ? fraction(text, end) : 0;
                int last = digits <= 0 ? end : end + 1 + digits;
                int after = last + ending.length;
                if (date != null
                        && second >= 0
                        && digits >= 0
                        && after <= text.length
                        && Arrays.equals(text, last, after, ending, 0, ending.length)) {
                    in.goOn(after);
                    return create(date, second, nanos(text, last - digits, digits));
                }
            }
            return parsed(in.text(SHORT_TEXT));
        }

        protected abstract Object create(LocalDate date, int second, int nanos) throws UnreadableValueException;

        protected abstract Object parsed(String text) throws UnreadableValueException;
    }

    static final class Moment extends Timed {

        private static final int MILLI = 1_000_000;
        private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

        Moment() {
            super("Z\"");
        }

        @Override
        protected Object create(LocalDate date, int second, int nanos) {
            return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_OF_DAY + second, nanos);
        }

        @Override
        protected Object parsed(String text) {
            return Instant.parse(text).atOffset(ZoneOffset.UTC).toInstant(); // restricts years to those of a date
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            Instant moment = checked(Instant.class, value);
            long second = moment.getEpochSecond();
            if (second < FIRST || second > LAST) {
                throw DirectWriter.notDirect(); // providers differ in the years that they read
            }
            out.ascii('"');
            writeDate(LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY)), out);
            writeTime((int) Math.floorMod(second, SECONDS_OF_DAY), out);
            int nanos = moment.getNano();
            if (nanos != 0) { // in groups of three digits
                out.ascii('.');
                int width = nanos % MILLI == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
                out.padded(width == 3 ? nanos / MILLI : width == 6 ? nanos / 1_000 : nanos, width);
            }
            out.ascii('Z');
            out.ascii('"');
        }
    }

    static final class Day extends DirectType {

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            byte[] text = in.bytes();
            int start = in.place() + 1;
            int end = start + DATE;
            if (in.peek() == '"' && end < text.length && text[end] == '"') {
                LocalDate date = date(text, start);
                if (date != null) {
                    in.goOn(end + 1);
                    return date;
                }
            }
            return LocalDate.parse(in.text(SHORT_TEXT));
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            LocalDate date = checked(LocalDate.class, value);
            check(date);
            out.ascii('"');
            writeDate(date, out);
            out.ascii('"');
        }
    }

    static final class DayAndTime extends Timed {

        private static final long SECOND = 1_000_000_000;

        DayAndTime() {
            super("\"");
        }

        @Override
        protected Object create(LocalDate date, int second, int nanos) {
            return LocalDateTime.of(date, LocalTime.of(second / 3600, second / 60 % 60, second % 60, nanos));
        }

        @Override
        protected Object parsed(String text) {
            return LocalDateTime.parse(text);
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            LocalDateTime time = checked(LocalDateTime.class, value);
            long nano = time.toLocalTime().toNanoOfDay();
            check(time.toLocalDate());
            out.ascii('"');
            if (nano % SECOND == 0) {
                writeDate(time.toLocalDate(), out);
                writeTime((int) (nano / SECOND), out);
            } else {
                out.ascii(ISO_LOCAL_DATE_TIME.format(time));
            }
            out.ascii('"');
        }
    }
}
