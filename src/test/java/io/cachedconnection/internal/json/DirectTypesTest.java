package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.provider.ProviderConnection;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.net.URL;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types have a direct codec, and why others have none. Public, as are the types in it: Yasson asks for that. */
@SuppressWarnings({"JavaUtilDate", "ArrayRecordComponent"})
public class DirectTypesTest {

    public record Plain(UUID id, String name, int count, List<Plain> more, byte[] bytes) {}

    public record Page<T>(List<T> items, Map<String, T> named) {}

    public record Box<T>(T value) {}

    public record Named(@JsonbProperty("n") String name) {}

    public record Told(String first, String last) {
        public String getName() {
            return first + last;
        }
    }

    public record Hiding(String name) {
        @JsonbTransient
        public String secret() {
            return name;
        }
    }

    public record Created(String name) {
        @JsonbCreator
        public Created {}

        public Created(int number) {
            this("" + number);
        }
    }

    public record Parsed(String name) {
        @JsonbCreator
        public static Parsed parse(String name) {
            return new Parsed(name);
        }
    }

    record Hidden(String name) {}

    public record Helped(String name) {
        public Helped {
            if (name == null) {
                throw new IllegalArgumentException();
            }
        }

        public String helper() {
            return name;
        }
    }

    public record Copied(List<String> names) {
        public Copied {
            names = List.copyOf(names);
        }
    }

    public record Assigned(long one, double two, int three, String four, boolean five) {
        @JsonbCreator
        public Assigned(long one, double two, int three, String four, boolean five) {
            this.five = five;
            this.four = four;
            this.three = three;
            this.two = two;
            this.one = one;
        }
    }

    public static class Bean {
        public String name;
    }

    /** One with a getter and a setter for its only field. */
    public static class Whole {
        private int count;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    /** One whose getter works something out. */
    public static class Summed {
        private int count;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public int getTwice() {
            return 2 * count;
        }
    }

    /** One with a state that JSON does not show. */
    public static class Secret {
        private int count;
        private transient int times;

        public int getCount() {
            times++;
            return count;
        }

        public void setCount(int count) {
            this.count = count + times - times;
        }
    }

    @JsonbTypeInfo({@JsonbSubtype(alias = "a", type = A.class), @JsonbSubtype(alias = "b", type = B.class)})
    public sealed interface Choice permits A, B {}

    public record A(int a) implements Choice {}

    public record B(int b, Choice next) implements Choice {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "c", type = C.class)})
    public sealed interface Half permits C, D {}

    public record C(int c) implements Half {}

    public record D(int d) implements Half {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "e", type = Empty.class)})
    public sealed interface Nothing permits Empty {}

    public record Empty() implements Nothing {}

    static Stream<Type> direct() {
        return Stream.of(
                Plain.class,
                Assigned.class,
                Created.class,
                Helped.class,
                Copied.class,
                new Types<Page<Plain>>() {}.type(),
                new Types<Map<UUID, List<Optional<Page<LocalDate>>>>>() {}.type(),
                new Types<Set<Instant>>() {}.type(),
                ProviderConnection.class,
                int.class,
                String.class,
                byte[].class,
                Plain[].class,
                Thread.State.class,
                Whole.class,
                Choice.class,
                new Types<List<Choice>>() {}.type());
    }

    @ParameterizedTest
    @MethodSource("direct")
    void of_typeThatIsDeterminedByItsDeclaration_isDirect(Type type) {
        DirectTypes.Plan plan = DirectTypes.of(type);

        assertThat(plan.reason()).isEmpty();
        assertThat(plan.direct()).isNotNull();
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(new Types<Box<UUID>>() {}.type(), "Box.value is a type variable"),
                Arguments.of(Named.class, "Named has an annotation of JSON-B"),
                Arguments.of(Hiding.class, "Hiding has an annotation of JSON-B"),
                Arguments.of(Told.class, "Told.getName is written as well"),
                Arguments.of(Parsed.class, "Parsed has a creator of its own"),
                Arguments.of(Hidden.class, "Hidden is not public"),
                Arguments.of(Bean.class, "Bean.name is no property with a getter and a setter"),
                Arguments.of(Summed.class, "Summed has a getter or setter without a field"),
                Arguments.of(Secret.class, "Secret.times is no property with a getter and a setter"),
                Arguments.of(A.class, "A has an annotation of JSON-B"),
                Arguments.of(
                        Half.class,
                        "Half is not sealed, or does not give each of its records, and nothing else, a name of its own"),
                Arguments.of(
                        Nothing.class,
                        "Empty is generic, has no component, one of the name @type, or an annotation of JSON-B"),
                Arguments.of(Object.class, "the value may be anything"),
                Arguments.of(List.class, "the value is a raw List"),
                Arguments.of(Optional.class, "the value is a java.util.Optional"),
                Arguments.of(new Types<Optional<String>>() {}.type(), "the value is an Optional"),
                Arguments.of(
                        new Types<List<? extends Plain>>() {}.type(),
                        "the value is ? extends " + Plain.class.getName()),
                Arguments.of(new Types<Queue<String>>() {}.type(), "the value is a java.util.Queue<java.lang.String>"),
                Arguments.of(
                        new Types<Map<BigInteger, String>>() {}.type(),
                        "the value is a java.util.Map<java.math.BigInteger, java.lang.String>"),
                Arguments.of(new Types<List<URL>>() {}.type(), "the value is a java.net.URL"),
                Arguments.of(float[].class, "the value is a float[]"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void of_typeThatIsNot_saysWhy(Type type, String reason) {
        DirectTypes.Plan plan = DirectTypes.of(type);

        assertThat(plan.direct()).isNull();
        assertThat(plan.reason()).isEqualTo(reason);
    }

    @Test
    void of_date_saysWhy() {
        assertThat(DirectTypes.of(Date.class).reason()).startsWith("the value is a java.util.Date");
    }

    public record Doubled(long one, double two, int three) {
        @Override
        public int three() {
            return 2 * three;
        }
    }

    public record Swapped(String one, String two) {
        public Swapped(String one, String two) {
            this.one = two;
            this.two = one;
        }
    }

    @JsonbTypeAdapter(Upper.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Ciphered {}

    @Ciphered
    @Retention(RetentionPolicy.RUNTIME)
    @interface FarAway {}

    /** Writes texts in capitals. */
    public static class Upper implements JsonbAdapter<String, String> {
        @Override
        public String adaptToJson(String text) {
            return text.toUpperCase(Locale.ROOT);
        }

        @Override
        public String adaptFromJson(String text) {
            return text;
        }
    }

    /** A record with an annotation that has an annotation of JSON-B. */
    public record NearSecret(@Ciphered String text) {}

    /** The same, one more away. */
    public record FarSecret(@FarAway String text) {}

    /** Two of one name. */
    @JsonbTypeInfo({@JsonbSubtype(alias = "m", type = Metres.class), @JsonbSubtype(alias = "m", type = Miles.class)})
    public sealed interface Length permits Metres, Miles {}

    /** One. */
    public record Metres(int value) implements Length {}

    /** The other. */
    public record Miles(int value) implements Length {}

    /** A property that providers name after its getter. */
    public static class Capital {
        @SuppressWarnings("MemberName")
        private String Name;

        public String getName() {
            return Name;
        }

        public void setName(String text) {
            Name = text;
        }
    }

    /** Does not say what it is called. */
    public enum Boom {
        BANG;

        @Override
        public String toString() {
            throw new IllegalStateException();
        }
    }

    /** Has keys of it. */
    public record Booms(Map<Boom, String> booms) {}

    @ParameterizedTest
    @ValueSource(classes = {NearSecret.class, FarSecret.class, Length.class, Capital.class, Booms.class})
    void of_whatProvidersMayReadOtherwise_isLeftToThem(Class<?> type) {
        assertThat(DirectTypes.of(type).direct()).isNull();
        assertThat(DirectTypes.of(type).reason()).isNotEmpty();
    }
}
