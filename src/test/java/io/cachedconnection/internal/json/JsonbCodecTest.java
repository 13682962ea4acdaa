package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Public, as are the types in it: Yasson asks for that. */
public class JsonbCodecTest {

    /** A record without a single annotation. */
    public record Book(UUID id, String title, int pages, List<String> authors, String subtitle) {}

    /** One that may lack something. */
    public record Leaflet(String title, Optional<String> subtitle, Optional<Book> about) {}

    /** One with the annotation that other providers ask for. */
    public record Created(String name, long count) {
        @JsonbCreator
        public Created {}
    }

    /** One whose names in JSON are not its own. */
    @JsonbPropertyOrder({"count", "label"})
    public record Renamed(@JsonbProperty("label") String name, long count) {
        @JsonbCreator
        public Renamed {}
    }

    /** A record that holds itself. */
    public record Node(String name, List<Node> children) {}

    /** A generic record. */
    public record Page<T>(List<T> items, int total) {}

    /** A class whose one property only JSON-B knows. */
    public static class Shelf {
        @JsonbProperty("the_connection")
        public ProviderConnection connection;

        public Bean bean;
    }

    /** A plain old class. */
    public static class Bean {
        private String name;
        private List<Book> books;
        private int shelf;
        private Bean next;

        public Bean() {}

        Bean(String name, List<Book> books) {
            this.name = name;
            this.books = books;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getShelf() {
            return shelf;
        }

        public void setShelf(int shelf) {
            this.shelf = shelf;
        }

        public Bean getNext() {
            return next;
        }

        public void setNext(Bean next) {
            this.next = next;
        }

        public List<Book> getBooks() {
            return books;
        }

        public void setBooks(List<Book> books) {
            this.books = books;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bean bean && name.equals(bean.name) && books.equals(bean.books);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(name);
        }
    }

    private static final Book BOOK =
            new Book(new UUID(1, 2), Seeds.VALUE + " Größe \uD83D\uDE00", 7, List.of("a"), null);

    @SuppressWarnings("this-escape") // provider() needs no state
    final JsonbCodecs codecs = provider().codecs();

    Provider provider() {
        return Provider.YASSON;
    }

    static Stream<Arguments> values() {
        return Stream.concat(portable(), ofYasson());
    }

    /** Values of types that Johnzon does not read; see the wire format. */
    static Stream<Arguments> ofYasson() {
        return Stream.of(
                Arguments.of(Leaflet.class, new Leaflet("x", Optional.of("y"), Optional.of(BOOK))),
                Arguments.of(Leaflet.class, new Leaflet(null, Optional.empty(), Optional.empty())),
                Arguments.of(new Types<Page<Book>>() {}.type(), new Page<>(List.of(BOOK), 1)),
                Arguments.of(new Types<Page<List<UUID>>>() {}.type(), new Page<>(List.of(List.of(new UUID(3, 4))), 1)),
                Arguments.of(new Types<List<? extends Book>>() {}.type(), List.of(BOOK)),
                Arguments.of(new Types<List<Optional<String>>>() {}.type(), List.of(Optional.of("a"))));
    }

    /** Values of types that every provider reads. */
    static Stream<Arguments> portable() {
        Instant instant = Instant.parse("2024-01-02T03:04:05.123456789Z");
        return Stream.of(
                Arguments.of(Book.class, BOOK),
                Arguments.of(Book.class, new Book(null, null, 0, null, "x")),
                Arguments.of(Created.class, new Created("x", Long.MIN_VALUE)),
                Arguments.of(Renamed.class, new Renamed("x", 1)),
                Arguments.of(Node.class, new Node("a", List.of(new Node("b", null), new Node("c", List.of())))),
                Arguments.of(Bean.class, new Bean("x", List.of(BOOK))),
                Arguments.of(new Types<List<Book>>() {}.type(), List.of(BOOK, BOOK)),
                Arguments.of(new Types<ArrayList<Long>>() {}.type(), new ArrayList<>(List.of(1L, Long.MAX_VALUE))),
                Arguments.of(new Types<Set<DayOfWeek>>() {}.type(), Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
                Arguments.of(new Types<SortedSet<String>>() {}.type(), new TreeSet<>(Set.of("b", "a"))),
                Arguments.of(new Types<Collection<UUID>>() {}.type(), List.of(new UUID(5, 6))),
                Arguments.of(
                        new Types<Map<String, List<UUID>>>() {}.type(),
                        Map.of("", List.of(), "k", List.of(new UUID(0, 0)))),
                Arguments.of(new Types<Map<String, Book>>() {}.type(), Map.of("k", BOOK)),
                Arguments.of(new Types<Map<Integer, String>>() {}.type(), Map.of(1, "x", -2, "y")),
                Arguments.of(new Types<Map<Long, String>>() {}.type(), Map.of(1L, "x")),
                Arguments.of(new Types<Map<DayOfWeek, Integer>>() {}.type(), Map.of(DayOfWeek.MONDAY, 1)),
                Arguments.of(new Types<SortedMap<String, Integer>>() {}.type(), new TreeMap<>(Map.of("a", 1))),
                Arguments.of(DayOfWeek.class, DayOfWeek.SUNDAY),
                Arguments.of(int.class, Integer.MIN_VALUE),
                Arguments.of(Integer.class, 5),
                Arguments.of(long.class, Long.MAX_VALUE),
                Arguments.of(short.class, Short.MAX_VALUE),
                Arguments.of(byte.class, Byte.MIN_VALUE),
                Arguments.of(boolean.class, true),
                Arguments.of(Boolean.class, false),
                Arguments.of(char.class, '\u20ac'),
                Arguments.of(double.class, -0.1e-300),
                Arguments.of(Float.class, 1.5f),
                Arguments.of(BigDecimal.class, new BigDecimal("12345678901234567890.12345678901234567890")),
                Arguments.of(BigInteger.class, new BigInteger("123456789012345678901234567890")),
                Arguments.of(String.class, "\0 \" \\ \u2028 \uD83D\uDE00 \uFFFD"),
                Arguments.of(String.class, ""),
                Arguments.of(UUID.class, new UUID(7, 8)),
                Arguments.of(URI.class, URI.create("https://example.org/?q=1")),
                Arguments.of(Instant.class, instant),
                Arguments.of(LocalDate.class, LocalDate.of(2024, 2, 29)),
                Arguments.of(LocalTime.class, LocalTime.of(1, 2, 3, 4)),
                Arguments.of(LocalDateTime.class, LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4)),
                Arguments.of(OffsetDateTime.class, instant.atOffset(ZoneOffset.ofHours(5))),
                Arguments.of(ZonedDateTime.class, instant.atZone(ZoneId.of("Europe/Berlin"))),
                Arguments.of(Duration.class, Duration.ofMillis(1234)),
                Arguments.of(Period.class, Period.of(1, 2, 3)),
                Arguments.of(ZoneId.class, ZoneId.of("Europe/Berlin")),
                Arguments.of(byte[].class, new byte[] {-1, 0, 1}),
                Arguments.of(int[].class, new int[] {1, 2}),
                Arguments.of(String[].class, new String[] {"a", null}),
                Arguments.of(Book[].class, new Book[] {BOOK}),
                Arguments.of(double[][].class, new double[][] {{1.5}, {}}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void codec_value_roundTrips(Type type, Object value) throws Exception {
        ValueCodec<Object> codec = codecs.of(type);

        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void codec_null_isTheTextNull(Type type, Object value) throws Exception {
        ValueCodec<Object> codec = codecs.of(type);

        assertThat(codec.encode(null)).asString(UTF_8).isEqualTo("null");
        if (type instanceof Class<?> plain && plain.isPrimitive()) {
            refuses(type, "null");
        } else {
            assertThat(codec.decode("null".getBytes(UTF_8))).isNull();
            assertThat(codec.decode(" null\n".getBytes(UTF_8))).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void decode_valueThenSomething_isRefused(Type type, Object value) throws Exception {
        String payload = new String(codecs.of(type).encode(value), UTF_8);

        for (String after : List.of("x", "{}", "]", "}", ",", " 0", "\"", " null", "\0", "\uFEFF")) {
            refuses(type, payload + after);
        }
        refuses(type, "[" + payload + "]");
        refuses(type, "\uFEFF" + payload);
        refuses(type, "");
        refuses(type, " ");
    }

    @ParameterizedTest
    @MethodSource("values")
    void decode_nestedDeeply_isRefused(Type type, Object value) {
        for (String open : List.of("[", "{\"a\":", "[{\"children\":[", "{\"children\":[")) {
            refuses(type, open.repeat(200_000));
        }
    }

    @Test
    void decode_twice_givesTwoValues() throws Exception {
        ValueCodec<Book> books = codecs.of(Book.class);
        byte[] payload = books.encode(BOOK);

        assertThat(books.decode(payload)).isNotSameAs(books.decode(payload));
    }

    static Stream<Arguments> wrong() {
        Type strings = new Types<List<String>>() {}.type();
        Type uuids = new Types<Map<String, List<UUID>>>() {}.type();
        String book = "{\"id\":null,\"title\":null,\"pages\":1,\"authors\":null,\"subtitle\":null}";
        String bean = "{\"name\":null,\"books\":null,\"shelf\":1,\"next\":null}";
        return Stream.of(
                wrong(Book.class, "{}", "[]", "[{}]", "\"x\"", "5", "true", "[" + book + "]"),
                wrong(
                        Book.class,
                        book.replace("1", "null"),
                        book.replace("1", "1.5"),
                        book.replace("1", "99999999999"),
                        book.replace("1", "1e400"),
                        book.replace("1", "[1]"),
                        book.replace("1", "\"1\""),
                        book.replace("1", "01"),
                        book.replace("\"title\":null", "\"title\":[\"x\"]"),
                        book.replace("\"title\":null", "\"title\":5"),
                        book.replace("\"title\":null", "\"titel\":\"x\""),
                        book.replace("\"title\":null", "\"title\":null,\"title\":\"x\""),
                        book.replace("\"title\":null", "\"title\":null,\"titl\\u0065\":\"x\""),
                        book.replace("\"authors\":null", "\"authors\":{}"),
                        book.replace("\"authors\":null", "\"authors\":[{}]"),
                        book.replace("\"authors\":null", "\"authors\":[1]"),
                        book.replace("\"id\":null", "\"id\":\"x\""),
                        book.replace("\"subtitle\":null", "\"subtitle\":7")),
                wrong(
                        Bean.class,
                        bean.replace("1", "99999999999"),
                        bean.replace("1", "1.5"),
                        bean.replace("\"name\":null", "\"name\":[\"x\"]"),
                        bean.replace("\"name\":null", "\"nam\":null"),
                        bean.replace("\"next\":null", "\"next\":{}"),
                        bean.replace("\"next\":null", "\"next\":[" + bean + "]")),
                wrong(Bean.class, "{}", "[]", "[{}]", "\"x\"", "5", "{\"name\":{}}", "{\"books\":{}}"),
                wrong(Renamed.class, "[]", "[{}]", "\"x\"", "5"),
                wrong(
                        strings,
                        "{}",
                        "[1]",
                        "[true]",
                        "[{}]",
                        "[[]]",
                        "[\"a\",]",
                        "[,]",
                        "[\"a\" \"b\"]",
                        "[\"a\"",
                        "\"a\""),
                wrong(uuids, "[]", "[{}]", "{\"k\":{}}", "{\"k\":[1]}", "{\"k\":[\"x\"]}", "{\"k\":\"x\"}", "{k:[]}"),
                wrong(uuids, "{\"k\":[],\"k\":[]}", "{\"k\"}", "{\"k\":}", "{\"k\":[]", "{\"k\":[],}"),
                wrong(new Types<Map<Integer, String>>() {}.type(), "{\"x\":\"y\"}", "{\"1.5\":\"y\"}", "[]"),
                wrong(new Types<Set<DayOfWeek>>() {}.type(), "[\"monday\"]", "[1]", "[\"\"]"),
                wrong(
                        int.class,
                        "2147483648",
                        "1.0",
                        "1e2",
                        "-",
                        "+1",
                        "0x1",
                        "01",
                        ".5",
                        "1.",
                        "\"1\"",
                        "[1]",
                        "true"),
                wrong(byte.class, "128", "-129"),
                wrong(long.class, "9223372036854775808"),
                wrong(double.class, "1e9999", "1e99999999999", "NaN", "Infinity", "\"x\""),
                wrong(float.class, "1e39"),
                wrong(Object.class, "1e309", "[-1e400]", "{\"a\":1e400}", "9".repeat(310)),
                wrong(BigDecimal.class, "1e999999999", "9".repeat(100_000), "\"x\"", "true"),
                wrong(BigInteger.class, "1.5", "1e999999", "9".repeat(1001)),
                wrong(char.class, "\"\"", "\"xy\"", "\"\uD83D\uDE00\"", "120"),
                wrong(boolean.class, "\"true\"", "1", "TRUE", "tru", "[true]"),
                wrong(String.class, "1", "[\"x\"]", "x", "'x'", "\"x", "\"\n\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12"),
                wrong(UUID.class, "\"x\"", "1", "[]"),
                wrong(Instant.class, "\"yesterday\"", "0"),
                wrong(DayOfWeek.class, "\"SOMEDAY\"", "0", "\"\""),
                wrong(byte[].class, "[1]", "\"*\""),
                wrong(int[].class, "[1.5]", "[null]", "[2147483648]", "{}", "\"x\""));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void decode_anotherShape_isRefused(Type type, List<String> payloads) {
        payloads.forEach(payload -> refuses(type, payload));
    }

    @Test
    void decode_beanAsItIs_isRead() throws Exception {
        String bean = "{\"name\":null,\"books\":null,\"shelf\":1,\"next\":null}";

        assertThat(codecs.<Bean>of(Bean.class).decode(bean.getBytes(UTF_8)).getShelf())
                .isEqualTo(1);
    }

    @Test
    void decode_connectionWhereTheShapeDoesNotReach_isRefusedAllTheSame() throws Exception {
        for (String wrong : List.of("\"x\"", "5", "true", "[]", "[{}]", "[null]", "{}")) {
            refuses(Shelf.class, "{\"the_connection\":" + wrong + "}");
        }
        ValueCodec<Shelf> shelves = codecs.of(Shelf.class);
        assertThat(shelves.decode("{\"the_connection\":null}".getBytes(UTF_8)).connection)
                .isNull();
    }

    @Test
    void decode_unknownNames_areIgnored() throws Exception {
        String payload = new String(codecs.of(Book.class).encode(BOOK), UTF_8)
                .replaceFirst("\\{", "{\"extra\":[{\"id\":[1e5,true,null,\"\"]}],");

        assertThat(codecs.of(Book.class).decode(payload.getBytes(UTF_8))).isEqualTo(BOOK);
    }

    @Test
    void decode_bytesThatAreNotUtf8_areRefused() {
        for (byte[] bytes : new byte[][] {
            {'"', (byte) 0xff, '"'},
            {'"', (byte) 0xc3, '"'},
            {'"', (byte) 0xc0, (byte) 0x80, '"'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            {0, '"', 0, '"'},
            {(byte) 0xfe, (byte) 0xff, 0, '"', 0, '"'},
            {(byte) 0x80}
        }) {
            assertThatThrownBy(() -> codecs.of(String.class).decode(bytes))
                    .isInstanceOf(UnreadableValueException.class)
                    .satisfies(ScannedLog::thrown);
        }
    }

    @Test
    void encode_halfASurrogatePair_isRefused() {
        assertThatThrownBy(() -> codecs.of(String.class).encode("a\uD83D"))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
        assertThatThrownBy(() -> codecs.of(String.class).encode("\uDE00\uD83D"))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void encode_whatJsonCannotSay_isRefused() {
        Node loop = new Node("a", new ArrayList<>());
        loop.children().add(loop);

        assertThatThrownBy(() -> codecs.of(Node.class).encode(loop))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
        assertThatThrownBy(() -> codecs.of(double.class).encode(Double.NaN))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void failure_always_saysNothingOfTheValue() {
        assertThatThrownBy(() -> codecs.of(UUID.class).decode(("\"" + Seeds.WORD + "\"").getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown)
                .hasNoCause()
                .message()
                .doesNotContain(Seeds.WORD);
    }

    private void refuses(Type type, String payload) {
        assertThatThrownBy(() -> codecs.of(type).decode(payload.getBytes(UTF_8)))
                .as(() -> type.getTypeName() + " from " + payload.substring(0, Math.min(200, payload.length())))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    private static Arguments wrong(Type type, String... payloads) {
        return Arguments.of(type, List.of(payloads));
    }
}
