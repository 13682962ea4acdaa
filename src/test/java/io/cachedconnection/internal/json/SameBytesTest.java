package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.spi.JsonbProvider;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one provider writes, the other one writes too, byte for byte, and each reads what the other wrote. Public, as are
 * the types in it: Yasson asks for that.
 */
public class SameBytesTest {

    public enum Color {
        RED,
        GREEN {
            @Override
            boolean isOfGrass() {
                return true;
            }
        };

        boolean isOfGrass() {
            return false;
        }
    }

    /** One whose text is another than its name. */
    public enum Told {
        ONE;

        @Override
        public String toString() {
            return "eins";
        }
    }

    public record Inner(String name, int n) {}

    public record Unsorted(int zeta, String alpha, Long mid, boolean Beta, Inner inner, Color color, Told told) {}

    public record Caps(String URL, String xAxis, String a1, String a_b, String A, String a) {}

    public record Primitives(byte b, short s, int i, long l, float f, double d, boolean z, char c) {}

    public record Wrappers(Byte b, Short s, Integer i, Long l, Float f, Double d, Boolean z, Character c) {}

    public record Times(
            Instant a,
            LocalDate b,
            LocalTime c,
            LocalDateTime d,
            OffsetDateTime e,
            OffsetTime f,
            ZonedDateTime g,
            Duration h,
            Period i,
            ZoneId j,
            ZoneOffset k,
            YearMonth l,
            MonthDay m) {}

    @SuppressWarnings("ArrayRecordComponent")
    public record Rows(int[] i, String[] s, byte[] b, Inner[] r, double[][] dd, char[] c, UUID[] u, Color[] e) {}

    public record Maps(
            Map<Color, Integer> colors,
            Map<UUID, String> ids,
            Map<Integer, String> ints,
            Map<Long, Inner> longs,
            Map<String, List<Inner>> lists,
            Map<String, Map<String, Integer>> maps) {}

    public record Lists(
            Set<UUID> ids,
            Collection<Color> colors,
            List<List<Inner>> lists,
            List<Map<String, Inner>> maps,
            List<Instant> times,
            List<LocalTime> clocks,
            List<ZoneId> zones,
            List<BigDecimal> numbers,
            SortedSet<String> sorted,
            List<Character> letters,
            List<Duration> durations,
            List<Boolean> truths) {}

    public record Numbers(BigDecimal d, BigInteger i) {}

    public record Places(URI uri, URL url) {}

    @SuppressWarnings("ArrayRecordComponent")
    public record Connections(
            ProviderConnection one,
            List<ProviderConnection> many,
            Map<String, ProviderConnection> named,
            ProviderCredentials secret,
            ProviderConnection[] more) {}

    public record Node(String name, List<Node> children) {}

    /** A plain old class. */
    public static class Bean {
        private String zeta;
        private int alpha;
        private boolean on;
        private Inner inner;
        private Bean next;
        private List<Inner> list;

        public String getZeta() {
            return zeta;
        }

        public void setZeta(String zeta) {
            this.zeta = zeta;
        }

        public int getAlpha() {
            return alpha;
        }

        public void setAlpha(int alpha) {
            this.alpha = alpha;
        }

        public boolean isOn() {
            return on;
        }

        public void setOn(boolean on) {
            this.on = on;
        }

        public Inner getInner() {
            return inner;
        }

        public void setInner(Inner inner) {
            this.inner = inner;
        }

        public Bean getNext() {
            return next;
        }

        public void setNext(Bean next) {
            this.next = next;
        }

        public List<Inner> getList() {
            return list;
        }

        public void setList(List<Inner> list) {
            this.list = list;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bean that
                    && Objects.equals(zeta, that.zeta)
                    && alpha == that.alpha
                    && on == that.on
                    && Objects.equals(inner, that.inner)
                    && Objects.equals(next, that.next)
                    && Objects.equals(list, that.list);
        }

        @Override
        public int hashCode() {
            return alpha;
        }
    }

    /** One that extends another. */
    public static class Derived extends Bean {
        private String extra;

        public String getExtra() {
            return extra;
        }

        public void setExtra(String extra) {
            this.extra = extra;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && other instanceof Derived that && Objects.equals(extra, that.extra);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.123456789Z");
    private static final UUID ID = new UUID(1, 2);
    private static final Inner INNER = new Inner("x", 1);
    private static final String ODD_TEXT =
            "\0 \" \\ / \b\f\n\r\t \u001f \u007f \u0080 \u2028 \u2029 \uD83D\uDE00 \uFFFD \uFEFF é <>&'";
    private static final ProviderConnection CONNECTION = WireFormatTest.active(
            ODD_TEXT, new ProviderCredentials(new byte[] {'a', 'b'}, CredentialType.OAUTH2, Instant.EPOCH));

    private final JsonbCodecs yasson = Provider.YASSON.codecs();
    private final JsonbCodecs johnzon = Provider.JOHNZON.codecs();

    static Stream<Arguments> values() throws MalformedURLException {
        return Stream.of(objects(), scalars(), numbers(), times(), collections())
                .reduce(Stream.empty(), Stream::concat);
    }

    private static Arguments row(Type type, Object value) {
        return Arguments.of(type, value);
    }

    private static Stream<Arguments> objects() throws MalformedURLException {
        Bean bean = new Bean();
        bean.setZeta("z");
        bean.setInner(INNER);
        bean.setList(List.of(INNER));
        Derived derived = new Derived();
        derived.setExtra(ODD_TEXT);
        derived.setNext(bean);
        Inner none = null;
        return Stream.of(
                row(Inner.class, INNER),
                row(Inner.class, new Inner(null, 0)),
                row(Unsorted.class, new Unsorted(1, "a", 2L, true, INNER, Color.GREEN, Told.ONE)),
                row(Unsorted.class, new Unsorted(0, null, null, false, null, null, null)),
                row(Caps.class, new Caps("u", "x", "1", "_", "A", "a")),
                row(Primitives.class, new Primitives((byte) 1, (short) 2, 3, 4, 1.5f, 2.5, true, 'x')),
                row(
                        Primitives.class,
                        new Primitives(
                                Byte.MIN_VALUE,
                                Short.MIN_VALUE,
                                Integer.MIN_VALUE,
                                Long.MIN_VALUE,
                                Float.MIN_VALUE,
                                Double.MIN_VALUE,
                                false,
                                '"')),
                row(
                        Primitives.class,
                        new Primitives(
                                Byte.MAX_VALUE,
                                Short.MAX_VALUE,
                                Integer.MAX_VALUE,
                                Long.MAX_VALUE,
                                Float.MAX_VALUE,
                                Double.MAX_VALUE,
                                false,
                                '\u2028')),
                row(Wrappers.class, new Wrappers((byte) 1, (short) 2, 3, 9007199254740993L, 0.1f, 1e21, true, 'x')),
                row(Wrappers.class, new Wrappers(null, null, null, null, null, null, null, null)),
                row(Numbers.class, new Numbers(new BigDecimal("1.50"), BigInteger.TEN.pow(400))),
                row(Numbers.class, new Numbers(null, null)),
                row(Places.class, new Places(URI.create("https://e.org/a?b=c&d=/é"), new URL("https://e.org/ü"))),
                row(Node.class, new Node("a", List.of(new Node("b", null), new Node("c", List.of())))),
                row(Bean.class, bean),
                row(Bean.class, new Bean()),
                row(Derived.class, derived),
                row(new Types<List<Bean>>() {}.type(), List.of(bean, new Bean())),
                row(ProviderConnection.class, CONNECTION),
                row(ProviderCredentials.class, CONNECTION.credentials()),
                row(
                        Connections.class,
                        new Connections(
                                CONNECTION,
                                List.of(CONNECTION),
                                Map.of("k", CONNECTION),
                                CONNECTION.credentials(),
                                new ProviderConnection[] {CONNECTION, null})),
                row(Connections.class, new Connections(null, Arrays.asList(CONNECTION, null), Map.of(), null, null)),
                row(new Types<List<ProviderConnection>>() {}.type(), List.of(CONNECTION, CONNECTION)),
                row(new Types<Map<UUID, ProviderConnection>>() {}.type(), Map.of(ID, CONNECTION)),
                row(
                        Rows.class,
                        new Rows(
                                new int[] {1},
                                new String[] {"a", null},
                                new byte[] {-1, 0, 1},
                                new Inner[] {INNER, none},
                                new double[][] {{1.5}, {}},
                                new char[] {'a'},
                                new UUID[] {ID},
                                Color.values())),
                row(Rows.class, new Rows(new int[0], null, new byte[0], new Inner[0], null, null, null, null)));
    }

    private static Stream<Arguments> scalars() throws MalformedURLException {
        return Stream.of(
                row(boolean.class, true),
                row(Boolean.class, false),
                row(char.class, '"'),
                row(char.class, '\\'),
                row(char.class, '\n'),
                row(Character.class, '\u20ac'),
                row(String.class, ODD_TEXT),
                row(String.class, ""),
                row(String.class, "null"),
                row(UUID.class, ID),
                row(Color.class, Color.GREEN),
                row(Told.class, Told.ONE),
                row(URI.class, URI.create("https://e.org/é?q=1#a/b")),
                row(URL.class, new URL("https://e.org/")),
                row(OptionalInt.class, OptionalInt.of(7)),
                row(OptionalLong.class, OptionalLong.of(1L << 40)),
                row(byte[].class, new byte[] {-1, 0, 1}),
                row(byte[].class, new byte[0]),
                row(byte[][].class, new byte[][] {{1}, {}}),
                row(int[].class, new int[] {1, 2}),
                row(boolean[].class, new boolean[] {true}),
                row(float[].class, new float[] {0.1f}),
                row(short[].class, new short[] {1}),
                row(Integer[].class, new Integer[] {1, null}),
                row(String[].class, new String[] {"a", null}),
                row(Color[].class, Color.values()),
                row(Inner[].class, new Inner[] {INNER}));
    }

    private static Stream<Arguments> numbers() {
        Stream<Arguments> doubles = Stream.of(
                        0.0, 1.0, 100.0, 0.1, 1e7, 12345678.9, 1e21, 1e-7, -1e-301, Double.MAX_VALUE, Double.MIN_VALUE)
                .map(number -> row(double.class, number));
        Stream<Arguments> floats = Stream.of(0f, 1f, 0.1f, 16777216f, 1e10f, Float.MAX_VALUE, Float.MIN_VALUE)
                .map(number -> row(Float.class, number));
        Stream<Arguments> decimals = Stream.of(
                        "0", "1.50", "0.00", "1E+3", "1E-10", "-0.000001", "1E+400", "1E-1000", "1E-1001", "1E+9999")
                .map(number -> row(BigDecimal.class, new BigDecimal(number)));
        Stream<Arguments> whole = Stream.of("0", "-1", "9223372036854775808", "1" + "0".repeat(900))
                .map(number -> row(BigInteger.class, new BigInteger(number)));
        Stream<Arguments> others = Stream.of(
                row(BigDecimal.class, new BigDecimal("12345678901234567890.12345678901234567890")),
                row(int.class, Integer.MIN_VALUE),
                row(Integer.class, 0),
                row(long.class, Long.MAX_VALUE),
                row(Long.class, 9007199254740993L),
                row(short.class, Short.MIN_VALUE),
                row(byte.class, Byte.MIN_VALUE));
        return Stream.of(doubles, floats, decimals, whole, others).reduce(Stream.empty(), Stream::concat);
    }

    private static Stream<Arguments> times() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDateTime midnight = LocalDateTime.of(2024, 2, 29, 0, 0);
        LocalDateTime tenth = midnight.plusNanos(100_000_000);
        return Stream.of(
                        NOW,
                        Instant.EPOCH,
                        NOW.plusNanos(43_211),
                        LocalDate.of(2024, 2, 29),
                        LocalDate.of(-1, 1, 1),
                        LocalDate.MAX,
                        midnight,
                        tenth,
                        midnight.toLocalTime(),
                        tenth.toLocalTime(),
                        LocalTime.MAX,
                        LocalDateTime.of(12345, 1, 1, 0, 0),
                        midnight.atOffset(ZoneOffset.UTC),
                        tenth.atOffset(ZoneOffset.ofHoursMinutes(-3, -30)),
                        OffsetTime.of(1, 0, 0, 0, ZoneOffset.UTC),
                        midnight.atZone(berlin),
                        tenth.atZone(ZoneOffset.ofHours(1)),
                        Duration.ZERO,
                        Duration.ofMillis(-1234),
                        Duration.ofDays(400),
                        Period.of(1, -2, 3),
                        Period.ofWeeks(3),
                        ZoneOffset.ofHours(2),
                        YearMonth.of(2024, 1),
                        MonthDay.of(2, 29),
                        DayOfWeek.SUNDAY,
                        times(midnight, berlin),
                        times(tenth, ZoneOffset.UTC),
                        new Times(null, null, null, null, null, null, null, null, null, null, null, null, null))
                .map(time -> row(time.getClass(), time));
    }

    private static Times times(LocalDateTime time, ZoneId zone) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        return new Times(
                utc.toInstant(),
                time.toLocalDate(),
                time.toLocalTime(),
                time,
                utc,
                utc.toOffsetTime(),
                time.atZone(zone),
                Duration.ofSeconds(1),
                Period.ofDays(1),
                zone,
                ZoneOffset.ofHours(1),
                YearMonth.from(time),
                MonthDay.from(time));
    }

    private static Stream<Arguments> collections() {
        return Stream.of(
                row(
                        Maps.class,
                        new Maps(
                                Map.of(Color.GREEN, 1),
                                Map.of(ID, ODD_TEXT),
                                Map.of(-1, "x"),
                                Map.of(2L, INNER),
                                Map.of(ODD_TEXT, List.of(INNER)),
                                Map.of("", Map.of("l", 1)))),
                row(Maps.class, new Maps(Map.of(), Map.of(), null, null, null, null)),
                row(
                        Lists.class,
                        new Lists(
                                Set.of(ID),
                                List.of(Color.GREEN),
                                List.of(List.of(INNER), List.of()),
                                List.of(Map.of("k", INNER)),
                                List.of(NOW),
                                List.of(LocalTime.of(1, 0)),
                                List.of(ZoneId.of("Europe/Berlin")),
                                List.of(new BigDecimal("1.50")),
                                new TreeSet<>(Set.of("b", "a")),
                                List.of('a'),
                                List.of(Duration.ZERO),
                                Arrays.asList(true, null))),
                row(ZoneId.class, ZoneId.of("Europe/Berlin")),
                row(new Types<List<Inner>>() {}.type(), Arrays.asList(INNER, null)),
                row(new Types<List<Inner>>() {}.type(), List.of()),
                row(new Types<List<String>>() {}.type(), Arrays.asList("a", null)),
                row(new Types<List<List<Integer>>>() {}.type(), List.of(List.of(1), List.of())),
                row(new Types<Set<Color>>() {}.type(), Set.of(Color.GREEN)),
                row(new Types<SortedSet<String>>() {}.type(), new TreeSet<>(Set.of("b", "a"))),
                row(new Types<LinkedHashSet<String>>() {}.type(), new LinkedHashSet<>(List.of("b", "a"))),
                row(new Types<ArrayList<Long>>() {}.type(), new ArrayList<>(List.of(1L))),
                row(
                        new Types<Map<String, String>>() {}.type(),
                        new LinkedHashMap<>(new TreeMap<>(Map.of("b", ODD_TEXT, "a", "x")))),
                row(new Types<Map<String, String>>() {}.type(), new HashMap<>(Collections.singletonMap("k", null))),
                row(new Types<Map<String, String>>() {}.type(), Map.of()),
                row(new Types<Map<Color, Inner>>() {}.type(), Map.of(Color.RED, INNER)),
                row(new Types<Map<Character, Integer>>() {}.type(), Map.of('a', 1)),
                row(new Types<Map<Boolean, Integer>>() {}.type(), Map.of(true, 1)),
                row(new Types<Map<Double, Integer>>() {}.type(), Map.of(1.5, 1)),
                row(new Types<Map<LocalDate, Integer>>() {}.type(), Map.of(LocalDate.EPOCH, 1)),
                row(new Types<LinkedHashMap<UUID, Integer>>() {}.type(), new LinkedHashMap<>(Map.of(ID, 1))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void encode_byEither_givesTheSameBytes(Type type, Object value) throws Exception {
        assertThat(johnzon.of(type).encode(value))
                .asString(UTF_8)
                .isEqualTo(new String(yasson.of(type).encode(value), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("values")
    void decode_whatTheOtherWrote_givesTheValue(Type type, Object value) throws Exception {
        ValueCodec<Object> one = yasson.of(type);
        ValueCodec<Object> other = johnzon.of(type);

        assertSame(one.decode(other.encode(value)), value);
        assertSame(other.decode(one.encode(value)), value);
    }

    private static void assertSame(Object read, Object value) {
        if (value instanceof Rows || value instanceof Connections) {
            assertThat(read).usingRecursiveComparison().isEqualTo(value);
        } else {
            assertThat(read).isEqualTo(value);
        }
    }

    /** What only one of them reads, the other one refuses; see the wire format. */
    static Stream<Arguments> refusedByJohnzon() {
        return Stream.of(
                row(new Types<Map<Inner, Integer>>() {}.type(), Map.of(INNER, 1)),
                row(new Types<Map<BigInteger, Integer>>() {}.type(), Map.of(BigInteger.ONE, 1)),
                row(new Types<Map<Told, Integer>>() {}.type(), Map.of(Told.ONE, 1)),
                row(new Types<Map<String, Optional<String>>>() {}.type(), Map.of("k", Optional.of("v"))),
                row(new Types<List<? extends Inner>>() {}.type(), List.of(INNER)));
    }

    @ParameterizedTest
    @MethodSource("refusedByJohnzon")
    void encode_whatJohnzonDoesNotRead_isRefusedByIt(Type type, Object value) throws Exception {
        ValueCodec<Object> codec = yasson.of(type);

        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        assertThatThrownBy(() -> johnzon.of(type).encode(value)).isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void provider_ofTestsThatDoNotChoose_isYasson() {
        assertThat(JsonProvider.provider().getClass().getName()).startsWith("org.eclipse.parsson.");
        assertThat(JsonbProvider.provider().getClass().getName()).startsWith("org.eclipse.yasson.");
    }
}
