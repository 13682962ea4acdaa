package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that come back as something else, whatever value of their type came first. Public, as are the types in it:
 * Yasson asks for that.
 */
public class LostValuesTest {

    public static class Flag {
        private boolean isActive;

        public static Flag of(boolean active) {
            Flag flag = new Flag();
            flag.isActive = active;
            return flag;
        }

        public boolean isActive() {
            return isActive;
        }
    }

    public static class Customer {
        private String n;

        public static Customer of(String name) {
            Customer customer = new Customer();
            customer.n = name;
            return customer;
        }

        public String getName() {
            return n;
        }
    }

    /** One with nothing of its own but its class. */
    public static class Silent extends Customer {
        public static Silent named(String name) {
            Silent silent = new Silent();
            ((Customer) silent).n = name;
            return silent;
        }
    }

    public record Order(String id, Customer customer) {}

    public static class Animal {
        private String name;

        public static <A extends Animal> A named(A animal, String name) {
            animal.setName(name);
            return animal;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    /** One that has more than its parent, and more than is read. */
    public static class Dog extends Animal {
        private boolean biting = true;

        public boolean isBiting() {
            return biting;
        }

        public void setBiting(boolean biting) {
            this.biting = biting;
        }
    }

    /** One whose setter makes something else of what it gets. */
    public static class Trimmed {
        private String text;

        public static Trimmed of(String text) {
            Trimmed trimmed = new Trimmed();
            trimmed.text = text;
            return trimmed;
        }

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text == null ? null : text.strip();
        }
    }

    /** One that JSON-B sees nothing of. */
    public static class Fluent {
        private String name;

        public String name() {
            return name;
        }

        public Fluent name(String other) {
            name = other;
            return this;
        }
    }

    /** What it holds under one name comes back under none, but nothing in its declaration says so. */
    public static class Absent {
        private List<String> names;
        private String nick;

        public static Absent of(List<String> names, String nick) {
            Absent absent = new Absent();
            absent.names = names;
            absent.nick = nick;
            return absent;
        }

        public List<String> getNames() {
            return names;
        }

        public void setNames(List<String> names) {
            this.names = names.isEmpty() ? names : List.of(names.get(0));
        }

        public String getNick() {
            return nick;
        }

        public void setNick(String nick) {
            this.nick = null;
        }
    }

    /** What has no getter does not stand in JSON. */
    public static class Account {
        private long cents;
        private String owner;

        @JsonbTransient
        private String note;

        public static Account of(long cents, String owner) {
            Account account = new Account();
            account.cents = cents;
            account.owner = owner;
            account.note = owner;
            return account;
        }

        public String getOwner() {
            return owner;
        }

        public void setOwner(String owner) {
            this.owner = owner;
        }

        public String noted() {
            return note;
        }

        public long balance() {
            return cents;
        }
    }

    public record Meeting(
            @JsonbDateFormat("yyyy-MM-dd HH:mm") ZonedDateTime at) {}

    public record Price(
            @JsonbNumberFormat(value = "0.00", locale = "en")
            double amount) {}

    public record Day(@JsonbDateFormat("dd.MM.yyyy") LocalDate day) {}

    public record Point(int x, int y) {}

    private static final ZonedDateTime NOON = ZonedDateTime.of(2026, 1, 2, 12, 0, 0, 0, ZoneId.of("Asia/Tokyo"));

    static Stream<Arguments> lost() {
        Type points = new Types<Map<String, Object>>() {}.type();
        return Stream.of(
                Arguments.of(Flag.class, Flag.of(false), Flag.of(true)),
                Arguments.of(Customer.class, Customer.of(null), Customer.of("Bob")),
                Arguments.of(Customer.class, Customer.of(null), Silent.named(null)),
                Arguments.of(Order.class, new Order("1", null), new Order("2", Customer.of("Bob"))),
                Arguments.of(Absent.class, Absent.of(List.of("a"), null), Absent.of(List.of("a", "b"), null)),
                Arguments.of(Absent.class, Absent.of(List.of("a"), null), Absent.of(List.of("a"), "x")),
                Arguments.of(Account.class, Account.of(0, "Bob"), Account.of(500, "Bob")),
                Arguments.of(Meeting.class, new Meeting(null), new Meeting(NOON)),
                Arguments.of(Price.class, new Price(1.25), new Price(1.255)),
                Arguments.of(Animal.class, Animal.named(new Animal(), "a"), Animal.named(new Dog(), "b")),
                Arguments.of(
                        new Types<List<Animal>>() {}.type(),
                        List.of(Animal.named(new Animal(), "a")),
                        List.of(Animal.named(new Animal(), "a"), Animal.named(new Dog(), "b"))),
                Arguments.of(Trimmed.class, Trimmed.of("a"), Trimmed.of(" a ")),
                Arguments.of(Fluent.class, new Fluent(), new Fluent().name("a")),
                Arguments.of(points, Map.of("a", "b"), Map.of("a", new Point(1, 2))));
    }

    private static ValueCodec<Object> codec(Provider provider, Type type) {
        return provider.codecs().of(type);
    }

    @ParameterizedTest
    @MethodSource("lost")
    void encode_whatGetsLostAfterWhatDoesNot_isRefused(Type type, Object harmless, Object lost) throws Exception {
        for (Provider provider : Provider.values()) {
            ValueCodec<Object> codec = codec(provider, type);
            codec.encode(harmless);

            assertThatThrownBy(() -> codec.encode(lost))
                    .as(provider.name())
                    .isInstanceOf(UnreadableValueException.class);
        }
    }

    @Test
    void codec_formatThatLosesNothing_isCached() throws Exception {
        ValueCodec<Object> days = codec(Provider.YASSON, Day.class);
        Day day = new Day(LocalDate.of(2026, 3, 5));

        assertThat(days.decode(days.encode(day))).isEqualTo(day);
        assertThat(TypeWarnings.of(Day.class)).containsExactly("Day.day has a format");
    }

    @Test
    void doubts_getterOfAFieldWithAnotherName_isOne() {
        assertThat(TypeWarnings.of(Flag.class)).containsExactly("Flag.isActive is written, but cannot be set");
        assertThat(TypeWarnings.of(Order.class)).containsExactly("Customer.getName is written, but cannot be set");
    }

    /** A member that is not known here, or one that is null here and not there, is as good as none. */
    @Test
    void decode_membersMoreOrLess_areRead() throws Exception {
        String more = "{\"x\":1,\"y\":2,\"z\":3}";
        String less = "{\"owner\":\"Bob\"}";

        for (Provider provider : Provider.values()) {
            assertThat(codec(provider, Point.class).decode(more.getBytes(UTF_8)))
                    .isEqualTo(new Point(1, 2));
            assertThat(codec(provider, Account.class).decode(less.getBytes(UTF_8)))
                    .isNotNull();
        }
    }
}
