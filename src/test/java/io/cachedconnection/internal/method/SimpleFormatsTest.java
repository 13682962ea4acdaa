package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of values that are one word, and what their types tell of them. */
@SuppressWarnings("JavaUtilDate")
class SimpleFormatsTest {

    private static String text(Object value) {
        return text(value.getClass(), value);
    }

    private static String text(Class<?> type, Object value) {
        PartFormat format = Objects.requireNonNull(SimpleFormats.of(type));
        assertThat(format.textOfKept(format.kept(value))).isEqualTo(format.text(value));
        return format.text(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,1",
        "1.00,1",
        "1E0,1",
        "100,100",
        "1E2,100",
        "-0.50,-0.5",
        "0.00,0",
        "0E-9,0",
        "1E+50,1E+50",
        "1.50E-60,1.5E-60"
    })
    void text_decimal_isThatOfItsValue(BigDecimal number, String text) {
        assertThat(text(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1,0.1",
        "1.0,1",
        "-0.0,0",
        "0.0,0",
        "1.0E23,100000000000000000000000",
        "2.0E-3,0.002",
        "9007199254740993,9007199254740992",
        "4.9E-324,4.94065645841247E-324",
        "1.7976931348623157E308,1.7976931348623157E+308",
        "NaN,NaN",
        "-Infinity,-Infinity"
    })
    void text_double_isTheShortestThatReadsAsIt(double number, String text) {
        assertThat(text(number)).isEqualTo(text);
    }

    @Test
    void text_float_isThatOfTheSameDouble() {
        assertThat(text(0.5f)).isEqualTo("0.5");
        assertThat(text(0.1f)).isEqualTo(text((double) 0.1f)).isNotEqualTo(text(0.1));
    }

    @Test
    void text_anyDouble_readsAsIt() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(text(number))).isEqualTo(number);
            }
        }
    }

    @Test
    void text_dates_areTheirMoments() {
        Instant moment = Instant.parse("2024-01-01T00:00:00.120Z");
        Timestamp finer = Timestamp.from(moment.plusNanos(1));

        assertThat(text(Date.from(moment))).isEqualTo(text(moment)).isEqualTo("2024-01-01T00%3A00%3A00.120Z");
        assertThat(text(Date.class, Timestamp.from(moment))).isEqualTo(text(moment));
        assertThat(text(Date.class, finer)).isEqualTo(text(moment.plusNanos(1)));
        assertThat(text(Date.class, new java.sql.Date(moment.toEpochMilli()))).isEqualTo(text(moment));
        assertThat(SimpleFormats.of(new Date() {}.getClass())).isNull();
    }

    @Test
    void text_locales_areApart() {
        List<Locale> locales = Stream.concat(
                        Stream.of(Locale.getAvailableLocales()),
                        Stream.of(
                                new Locale("no", "NO", "NY"),
                                new Locale("nn", "NO"),
                                new Locale("", "", "x"),
                                new Locale("", "", "y"),
                                new Locale("en", "", "a_b"),
                                new Locale("en", "", "a-b"),
                                new Locale("not a language"),
                                new Locale("not"),
                                Locale.forLanguageTag("th-TH-u-nu-thai-ca-buddhist")))
                .distinct()
                .toList();

        assertThat(locales.stream().map(SimpleFormatsTest::text)).doesNotHaveDuplicates();
        assertThat(text(Locale.GERMANY)).isEqualTo("de-DE");
        assertThat(text(Locale.ROOT)).isEqualTo("und");
    }

    @Test
    void text_others_areAsUsual() {
        assertThat(text(Currency.getInstance("PLN"))).isEqualTo("PLN");
        assertThat(text(ZoneId.class, ZoneId.of("Europe/Warsaw"))).isEqualTo("Europe/Warsaw");
        assertThat(text(ZoneId.class, ZoneOffset.ofHours(1))).isEqualTo("+01%3A00");
        assertThat(text(TimeUnit.DAYS)).isEqualTo("DAYS");
        assertThat(text('a')).isEqualTo("a");
    }

    private static Map<Class<?>, Object> samples(SplittableRandom random) {
        Instant instant =
                Instant.ofEpochSecond(random.nextLong(-100_000_000_000L, 100_000_000_000L), random.nextInt(3));
        OffsetDateTime time = instant.atOffset(ZoneOffset.ofHours(random.nextInt(2)));
        LocalDate day = time.toLocalDate();
        return Map.ofEntries(
                Map.entry(String.class, String.valueOf(random.nextInt(10))),
                Map.entry(Character.class, (char) random.nextInt('0', '9')),
                Map.entry(Long.class, random.nextLong(10)),
                Map.entry(BigInteger.class, BigInteger.valueOf(random.nextInt(10))),
                Map.entry(BigDecimal.class, BigDecimal.valueOf(random.nextInt(100), random.nextInt(3))),
                Map.entry(Double.class, random.nextInt(10) / 2.0),
                Map.entry(UUID.class, new UUID(0, random.nextInt(3))),
                Map.entry(Boolean.class, random.nextInt(2) == 0),
                Map.entry(Currency.class, Currency.getInstance("EUR")),
                Map.entry(Locale.class, Locale.forLanguageTag("true")),
                Map.entry(ZoneId.class, random.nextInt(2) == 0 ? ZoneOffset.UTC : ZoneId.of("EST", ZoneId.SHORT_IDS)),
                Map.entry(LocalDate.class, day),
                Map.entry(YearMonth.class, YearMonth.from(day)),
                Map.entry(Year.class, Year.of(random.nextInt(10))),
                Map.entry(MonthDay.class, MonthDay.from(day)),
                Map.entry(Duration.class, Duration.ofSeconds(random.nextInt(3))),
                Map.entry(Period.class, Period.ofDays(random.nextInt(3))),
                Map.entry(LocalTime.class, time.toLocalTime()),
                Map.entry(OffsetTime.class, time.toOffsetTime()),
                Map.entry(LocalDateTime.class, time.toLocalDateTime()),
                Map.entry(Instant.class, instant),
                Map.entry(OffsetDateTime.class, time),
                Map.entry(ZonedDateTime.class, time.toZonedDateTime()),
                Map.entry(TimeUnit.class, TimeUnit.SECONDS));
    }

    /** What is claimed of kinds holds for values: a text that two types have is of both, and none is outside its kind. */
    @Test
    void kind_ofAnyType_includesItsTextsAndOverlapsWhereOneTextIsOfTwo() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 500; i++) {
            Map<Class<?>, Object> some = samples(random);
            Map<Class<?>, Object> others = samples(random);
            some.forEach((type, value) -> {
                PartKind kind = kind(type);
                assertThat(kind.canRead(text(type, value))).as("%s", type).isTrue();
                others.forEach((otherType, other) -> {
                    if (text(type, value).equals(text(otherType, other))) {
                        assertThat(kind.overlaps(kind(otherType)))
                                .as("%s, %s", type, otherType)
                                .isTrue();
                    }
                });
            });
        }
    }

    private static PartKind kind(Class<?> type) {
        return Objects.requireNonNull(SimpleFormats.of(type)).kind();
    }

    @Test
    void kind_ofTwoTypes_meansTheSameOnlyWhereTheTextIsThatOfTheValue() {
        List<List<Class<?>>> families = List.of(
                List.of(Long.class, int.class, short.class, byte.class, BigInteger.class, Year.class),
                List.of(String.class, char.class),
                List.of(double.class),
                List.of(float.class, Float.class),
                List.of(Instant.class, Date.class, Timestamp.class),
                List.of(ZoneId.class, ZoneOffset.class),
                List.of(BigDecimal.class),
                List.of(UUID.class),
                List.of(LocalDate.class),
                List.of(LocalDateTime.class),
                List.of(OffsetDateTime.class),
                List.of(ZonedDateTime.class),
                List.of(Locale.class),
                List.of(TimeUnit.class),
                List.of(Thread.State.class),
                List.of(boolean.class));
        IntStream.range(0, families.size())
                .forEach(i -> IntStream.range(0, families.size())
                        .forEach(j -> families.get(i)
                                .forEach(one -> families.get(j)
                                        .forEach(other -> assertThat(kind(one).means(kind(other)))
                                                .as("%s, %s", one, other)
                                                .isEqualTo(i == j)))));
    }
}
