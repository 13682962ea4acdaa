package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.ScannedLog;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a value holds comes back, by {@link FieldWalk}, or it is not stored and the reason names the property. Public, as are
 * the types in it: Yasson asks for that.
 */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // applications have them
public class ComparedWholeTest {

    public static class Account {
        private long id;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }
    }

    public static class Savings extends Account {}

    @JsonbTypeInfo({
        @JsonbSubtype(alias = "vehicle", type = Vehicle.class),
        @JsonbSubtype(alias = "bus", type = Bus.class)
    })
    public static class Vehicle {
        public int wheels = 4;
    }

    public static class Bus extends Vehicle {}

    @JsonbTypeInfo({
        @JsonbSubtype(alias = "circle", type = Circle.class),
        @JsonbSubtype(alias = "square", type = Square.class)
    })
    public sealed interface Figure permits Circle, Square {}

    public record Circle(double radius) implements Figure {}

    public record Square(double side) implements Figure {}

    public static class User {
        private String name = "ann";
        private final Set<String> roles = new HashSet<>();
        private final AtomicLong hits = new AtomicLong();
        private final int[] byHour = new int[2];
        private Currency currency = Currency.getInstance("EUR");
        private transient List<String> seen;

        @JsonbTransient
        private String note;

        static User with(java.util.function.Consumer<User> change) {
            User user = new User();
            change.accept(user);
            return user;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    /** One whose getter tells of what need not come back. */
    public static class Noted {
        @JsonbTransient
        private int note;

        static Noted with(int note) {
            Noted noted = new Noted();
            noted.note = note;
            return noted;
        }

        public boolean isNoted() {
            return note > 0;
        }
    }

    public static class Tags extends ArrayList<String> {
        private static final long serialVersionUID = 1;
        private String owner;

        static Tags of(String owner) {
            Tags tags = new Tags();
            tags.add("a");
            tags.owner = owner;
            return tags;
        }
    }

    public static class Person {
        private String name = "ann";
        private String pin;

        static Person with(String pin) {
            Person person = new Person();
            person.pin = pin;
            return person;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    public record Pair(Account one, Account other) {}

    public record Lists(List<String> one, List<String> other) {}

    public record Bag(Map<String, Integer> map, Set<String> set) {}

    public record Event(Date at) {}

    public record Sorted(SortedMap<String, Integer> map) {}

    public record Values(Locale locale, Currency currency, Year year, BigDecimal price) {}

    public record Point(int x, int y) {}

    public record Shop(Account owner, List<Vehicle> vehicles) {}

    private static Map<String, Integer> inOrder() {
        Map<String, Integer> map = new LinkedHashMap<>();
        List.of("zeta", "alpha", "mike", "bravo").forEach(key -> map.put(key, key.length()));
        return map;
    }

    private static Map<String, Integer> comparing() {
        Map<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("a", 1);
        return map;
    }

    private static Set<String> byIdentity(String element) {
        Set<String> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.add(element);
        return set;
    }

    private static Set<String> ignoringCase(String element) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.add(element);
        return set;
    }

    static Stream<Arguments> lost() {
        Type names = new Types<Collection<String>>() {}.type();
        Account shared = new Account();
        List<String> list = new ArrayList<>(List.of("a"));
        Type people = new Types<Set<Person>>() {}.type();
        return Stream.of(
                Arguments.of(Account.class, new Savings(), "the value (" + Savings.class.getName() + ") comes back as"),
                Arguments.of(Account.class, new Account() {}, "the value ("),
                Arguments.of(new Types<List<Account>>() {}.type(), List.of(new Account(), new Savings()), "Savings"),
                Arguments.of(Shop.class, new Shop(new Savings(), null), "Shop.owner (" + Savings.class.getName() + ")"),
                Arguments.of(User.class, User.with(user -> user.roles.add("admin")), "User.roles (java.util.HashSet)"),
                Arguments.of(User.class, User.with(user -> user.hits.set(1)), "User.hits"),
                Arguments.of(User.class, User.with(user -> user.byHour[1]++), "User.byHour (int[])"),
                Arguments.of(
                        User.class, User.with(user -> user.currency = Currency.getInstance("USD")), "User.currency"),
                Arguments.of(User.class, User.with(user -> user.seen = List.of("a")), "User.seen"),
                Arguments.of(Noted.class, Noted.with(1), "its JSON is another one"),
                Arguments.of(people, Set.of(Person.with("1")), "Person.pin (java.lang.String) comes back as null"),
                Arguments.of(people, new LinkedHashSet<>(List.of(Person.with("1"), Person.with(null))), "Person.pin"),
                Arguments.of(
                        new Types<Collection<Person>>() {}.type(),
                        new HashMap<>(Map.of(1, Person.with("1"))).values(),
                        "Person.pin"),
                Arguments.of(new Types<Map<String, Person>>() {}.type(), Map.of("a", Person.with("1")), "Person.pin"),
                Arguments.of(
                        Pair.class, new Pair(shared, shared), "Pair.other (" + Account.class.getName() + ") is one"),
                Arguments.of(Lists.class, new Lists(list, list), "Lists.other (java.util.ArrayList) is one"),
                Arguments.of(
                        Bag.class, new Bag(null, new LinkedHashSet<>(inOrder().keySet())), "Bag.set"),
                Arguments.of(Bag.class, new Bag(new TreeMap<>(inOrder()), null), "Bag.map (java.util.TreeMap)"),
                Arguments.of(Sorted.class, new Sorted((SortedMap<String, Integer>) comparing()), "another comparator"),
                Arguments.of(names, Collections.unmodifiableCollection(ignoringCase("A")), "wraps java.util.TreeSet"),
                Arguments.of(names, Collections.synchronizedCollection(ignoringCase("A")), "wraps java.util.TreeSet"),
                Arguments.of(
                        names,
                        Collections.unmodifiableCollection(
                                Collections.checkedCollection(ignoringCase("A"), String.class)),
                        "wraps java.util.TreeSet"),
                Arguments.of(new Types<Set<String>>() {}.type(), byIdentity("a"), "wraps java.util.Iden"),
                Arguments.of(
                        new Types<Map<String, Integer>>() {}.type(),
                        Collections.unmodifiableMap(new TreeMap<>(comparing())),
                        "wraps java.util.TreeMap"),
                Arguments.of(
                        Event.class, new Event(new Timestamp(1)), "Event.at (java.sql.Timestamp) comes back as java"));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void encode_whatJsonLoses_isRefusedAndSaysWhat(Type type, Object value, String reason) {
        for (Provider provider : Provider.values()) {
            try (JsonbCodecs codecs = provider.codecs()) {
                assertThatThrownBy(() -> codecs.of(type).encode(value))
                        .as(provider.name())
                        .isInstanceOf(UnreadableValueException.class)
                        .satisfies(ScannedLog::thrown)
                        .hasMessageContaining(reason);
            }
        }
    }

    static Stream<Arguments> whole() {
        Type set = new Types<Set<String>>() {}.type();
        User user = User.with(changed -> changed.note = "lost, as it says");
        Map<DayOfWeek, Integer> days = new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 1, DayOfWeek.MONDAY, 2));
        return Stream.of(
                Arguments.of(Account.class, new Account()),
                Arguments.of(Savings.class, new Savings()),
                Arguments.of(Vehicle.class, new Bus()),
                Arguments.of(Vehicle.class, new Vehicle()),
                Arguments.of(Figure.class, new Circle(1)),
                Arguments.of(new Types<List<Figure>>() {}.type(), List.of(new Circle(1), new Square(2))),
                Arguments.of(Shop.class, new Shop(new Account(), List.of(new Bus(), new Vehicle()))),
                Arguments.of(User.class, user),
                Arguments.of(Noted.class, Noted.with(0)),
                Arguments.of(
                        set, Collections.unmodifiableSet(new HashSet<>(inOrder().keySet()))),
                Arguments.of(set, Collections.unmodifiableSet(inOrder().keySet())),
                Arguments.of(
                        Bag.class,
                        new Bag(
                                null,
                                Collections.unmodifiableSet(
                                        new HashSet<>(inOrder().keySet())))),
                Arguments.of(new Types<Map<String, Integer>>() {}.type(), inOrder()),
                Arguments.of(
                        new Types<Set<String>>() {}.type(),
                        new LinkedHashSet<>(inOrder().keySet())),
                Arguments.of(
                        new Types<List<Set<String>>>() {}.type(),
                        List.of(inOrder().keySet())),
                Arguments.of(
                        Bag.class, new Bag(inOrder(), new HashSet<>(inOrder().keySet()))),
                Arguments.of(
                        Bag.class,
                        new Bag(new HashMap<>(inOrder()), Set.copyOf(inOrder().keySet()))),
                Arguments.of(Bag.class, new Bag(Collections.unmodifiableMap(inOrder()), Set.of())),
                Arguments.of(new Types<Map<DayOfWeek, Integer>>() {}.type(), days),
                Arguments.of(Sorted.class, new Sorted(new TreeMap<>(inOrder()))),
                Arguments.of(
                        new Types<TreeSet<String>>() {}.type(),
                        new TreeSet<>(inOrder().keySet())),
                Arguments.of(Lists.class, new Lists(List.of(), List.of())),
                Arguments.of(Lists.class, new Lists(new LinkedList<>(List.of("a")), Arrays.asList("a", null))),
                Arguments.of(Pair.class, new Pair(new Account(), new Account())),
                Arguments.of(Event.class, new Event(new Date(1))),
                Arguments.of(
                        Values.class,
                        new Values(Locale.GERMANY, Currency.getInstance("EUR"), Year.of(5), new BigDecimal("1.00"))),
                Arguments.of(Values.class, new Values(null, null, null, null)));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void codec_whatJsonKeeps_comesBackWhole(Type type, Object value) throws Exception {
        for (Provider provider : Provider.values()) {
            try (JsonbCodecs codecs = provider.codecs()) {
                ValueCodec<Object> codec = codecs.of(type);

                Object read = codec.decode(codec.encode(value));

                assertThat(FieldWalk.difference(value, read))
                        .as(provider.name())
                        .isEmpty();
            }
        }
    }

    /** Johnzon makes no collections of the application's own classes. */
    @Test
    void encode_fieldOfACollectionsOwnClass_isComparedAsWell() throws Exception {
        ValueCodec<Tags> codec = Provider.YASSON.codecs().of(Tags.class);

        assertThat(codec.decode(codec.encode(Tags.of(null))))
                .isInstanceOf(Tags.class)
                .containsExactly("a");
        assertThatThrownBy(() -> codec.encode(Tags.of("ann")))
                .hasMessageContaining("Tags.owner (java.lang.String) comes back as null");
    }

    /** One whose getter fails with what is no exception. */
    public static class Failing {
        public String getText() {
            throw new AssertionError("no session");
        }
    }

    @Test
    void encode_getterThatThrowsAnError_isRefusedAndNamed() {
        for (Provider provider : Provider.values()) {
            assertThatThrownBy(() -> provider.codecs().of(Failing.class).encode(new Failing()))
                    .isInstanceOf(UnreadableValueException.class)
                    .satisfies(ScannedLog::thrown)
                    .hasMessage("java.lang.AssertionError in " + Failing.class.getName() + ".getText");
        }
    }

    @Test
    void encode_manyThatCannotBeWritten_logsNothing() {
        List<String> severe = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().equals(Level.SEVERE)) {
                    severe.add(line.getLoggerName());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            ValueCodec<Failing> codec = Provider.YASSON.codecs().of(Failing.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> codec.encode(new Failing())).isInstanceOf(UnreadableValueException.class);
            }
        } finally {
            root.removeHandler(handler);
        }
        assertThat(severe).isEmpty();
    }

    public record Price(BigDecimal amount) {}

    public record Renamed(
            @jakarta.json.bind.annotation.JsonbProperty("a") BigDecimal amount) {}

    static Stream<Arguments> hostile() {
        String digits = "7".repeat(1_000_000);
        return Stream.of(
                Arguments.of(BigDecimal.class, '"' + digits + '"'),
                Arguments.of(BigDecimal.class, "\"1e999999999\""),
                Arguments.of(BigInteger.class, '"' + digits + '"'),
                Arguments.of(Price.class, "{\"amount\":\"" + digits + "\"}"),
                Arguments.of(Price.class, "{\"amount\":\"1E+99999\"}"),
                Arguments.of(Renamed.class, "{\"a\":\"" + digits + "\"}"),
                Arguments.of(Renamed.class, "{\"a\":\"1e999999999\"}"),
                Arguments.of(Renamed.class, "{\"a\":\"1\\u0065999999999\"}"),
                Arguments.of(Price.class, "{\"amount\":\"1\\u0065999999999\"}"),
                Arguments.of(new Types<List<BigDecimal>>() {}.type(), "[\"" + digits + "\"]"),
                Arguments.of(new Types<Map<BigDecimal, Integer>>() {}.type(), "{\"" + digits + "\":1}"),
                Arguments.of(new Types<Map<BigInteger, Integer>>() {}.type(), "{\"" + digits + "\":1}"),
                Arguments.of(Duration.class, "\"PT" + digits + "S\""),
                Arguments.of(Period.class, "\"P" + digits + "D\""),
                Arguments.of(LocalDate.class, '"' + digits + '"'),
                Arguments.of(Year.class, '"' + digits + '"'),
                Arguments.of(Locale.class, "\"" + "a-".repeat(500_000) + "\""));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void decode_hugeTextForANumberOrTime_isRefusedBeforeJsonbSeesIt(Type type, String text) {
        for (Provider provider : Provider.values()) {
            try (JsonbCodecs codecs = provider.codecs()) {
                ValueCodec<Object> codec = codecs.of(type);

                assertThatThrownBy(() -> codec.decode(text.getBytes(UTF_8)))
                        .hasMessage("another shape than the type's");
            }
        }
    }

    @Test
    void decode_smallNumberAsText_isRead() throws Exception {
        assertThat(Provider.YASSON.codecs().of(Price.class).decode("{\"amount\":\"1.5\"}".getBytes(UTF_8)))
                .isEqualTo(new Price(new BigDecimal("1.5")));
    }

    public record Links(Map<String, Set<URL>> urls) {}

    public record Page(URL url) {}

    static Stream<Type> asking() {
        return Stream.of(
                Links.class,
                new Types<Set<URL>>() {}.type(),
                new Types<Map<URL, String>>() {}.type(),
                new Types<List<Set<Page>>>() {}.type());
    }

    @ParameterizedTest
    @MethodSource("asking")
    void codec_urlWhereItsHashIsAskedFor_isNotUsable(Type type) {
        assertThat(new JsonbCodecs().of(type).isUsable()).isFalse();
        assertThat(new JsonbCodecs().of(new Types<List<URL>>() {}.type()).isUsable())
                .isTrue();
    }
}
